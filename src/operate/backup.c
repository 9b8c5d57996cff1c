#include "operate/backup.h"
#include "files/attach.h"
#include "db/copy.h"
#include "db/migrate.h"
#include "db/migrate_sql.h"
#include "operate/check_sql.h"
#include "seal/seal.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool
backup_fail(struct backup *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    first_failure(b->why, sizeof b->why, fmt, ap);
    va_end(ap);
    return false;
}

void
backup_say(const struct backup *b, const char *fmt, ...)
{
    if (b->quiet) return;
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
}

/* ---- What the manifest says of the database: asked in the state that was copied */

struct look { struct arena *arena; struct backup *b; };

static struct str
joined(struct arena *a, struct str list, struct str one)
{
    return list.n ? str_fmt(a, "%.*s %.*s", FMT(list), FMT(one)) : str_dup(a, one);
}

static void
look_files(struct arena *a, struct db *db, struct backup *b)
{
    struct check_files_row *rows;
    struct str after = STR("");
    struct stat st;
    size_t n;
    do {
        n = check_files(db, &rows, after);
        for (size_t i = 0; i < n; i++) {
            struct str path = attach_path(a, rows[i].hash);
            if (stat(path.p, &st) == 0 && st.st_size == rows[i].size) continue;
            b->missing++;
            backup_say(b, "  attachment %s is missing or cut off\n", path.p);
        }
        if (n) after = rows[n - 1].hash;
    } while (n == 1000);
}

static void
look(struct db *db, void *arg)
{
    struct look *l = arg;
    struct manifest *m = &l->b->m;
    struct migrate_done_row *steps;
    struct backup_profiles_row *profiles;
    struct str key;
    size_t n = migrate_done(db, &steps);
    for (size_t i = 0; i < n; i++) m->steps = joined(l->arena, m->steps, steps[i].name);
    if (n) m->schema = str_dup(l->arena, steps[n - 1].name);
    n = backup_profiles(db, &profiles);
    for (size_t i = 0; i < n; i++) m->profiles = joined(l->arena, m->profiles, profiles[i].code);
    backup_counts(db, &m->counts);
    key = seal_of_db(db);
    m->key = key.p ? str_dup(l->arena, key) : NO_STR;
    m->engine = db_driver(db) == DB_SQLITE ? STR("sqlite") : STR("postgresql");
    look_files(l->arena, db, l->b);
}

/* ---- The parts */

static bool
add_text(struct bundle *f, const char *name, struct str text)
{
    return bundle_begin(f, name, (int64_t)text.n, (int64_t)time(NULL)) && bundle_write(f, text.p, text.n) && bundle_end(f);
}

static bool
add_file(struct bundle *f, const char *name, const char *path)
{
    char block[BUNDLE_CHUNK];
    struct stat st;
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fstat(fd, &st) == 0 && bundle_begin(f, name, st.st_size, st.st_mtime);
    while (ok && (n = read(fd, block, sizeof block)) > 0) ok = bundle_write(f, block, (size_t)n);
    if (ok && n == 0) ok = bundle_end(f);
    else bundle_fail(f, "%s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return ok && n == 0;
}

static bool
is_hex(const char *name, size_t n)
{
    return strlen(name) == n && strspn(name, "0123456789abcdef") == n;
}

/* All files of one of the 256 folders, in the order of their names. */
static bool
add_folder(struct arena *a, struct bundle *f, struct backup *b, const char *sub)
{
    struct dirent **found;
    struct str folder = str_fmt(a, "%s/files/%s", b->dir, sub);
    bool ok = true;
    int n = scandir(folder.p, &found, NULL, alphasort);
    if (n < 0) return bundle_fail(f, "%s: %s", folder.p, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (ok && is_hex(found[i]->d_name, 64)) {
            ok = add_file(f, str_fmt(a, "files/%s/%s", sub, found[i]->d_name).p, str_fmt(a, "%s/%s", folder.p, found[i]->d_name).p);
            b->m.files.n++;
            b->m.files.size += f->size;
        }
        free(found[i]);
    }
    free(found);
    return ok;
}

static bool
add_attachments(struct bundle *f, struct backup *b)
{
    char sub[3];
    bool ok = true;
    bundle_sum_begin(f);
    for (int i = 0; ok && i < 256; i++) {
        struct arena a = { 0 };
        struct stat st;
        snprintf(sub, sizeof sub, "%02x", (unsigned)i);
        if (stat(str_fmt(&a, "%s/files/%s", b->dir, sub).p, &st) == 0) ok = add_folder(&a, f, b, sub);
        arena_clear(&a);
    }
    bundle_sum(f, b->m.files.sum);
    backup_say(b, "  %lld attachments, %.1f MB\n", (long long)b->m.files.n, (double)b->m.files.size / 1e6);
    return ok;
}

static bool
write_parts(struct arena *a, struct bundle *f, struct backup *b, const char *database)
{
    struct manifest *m = &b->m;
    bundle_sum_begin(f);
    if (!add_text(f, "nuan-backup", STR("nuan backup 1\nmanifest.json, the last entry, says what is in here; \"nuan restore\" reads it.\n"))) return false;
    bundle_sum_begin(f);
    if (!add_file(f, "database", database)) return false;
    m->database.size = f->size;
    bundle_sum(f, m->database.sum);
    backup_say(b, "  database, %.1f MB\n", (double)m->database.size / 1e6);
    if (!add_attachments(f, b)) return false;
    bundle_sum_begin(f);
    char sum[65];
    if (!add_text(f, "manifest.json", manifest_print(a, m))) return false;
    bundle_sum(f, sum);
    bundle_sum_begin(f);
    return add_text(f, "manifest.sha256", str_of(sum)) && bundle_finish(f);
}

/* ---- The whole */

static bool
publish(struct arena *a, struct backup *b, const char *part)
{
    struct backup again = { .file = part, .secret = b->secret, .quiet = true };
    if (!backup_verify(a, &again)) return backup_fail(b, "what was written does not read back: %s", again.why);
    b->bytes = again.bytes;
    if (rename(part, b->file) != 0) return backup_fail(b, "%s: %s", b->file, strerror(errno));
    int fd = open(dirname(str_z(a, str_of(b->file))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok || backup_fail(b, "%s: %s", b->file, strerror(errno));
}

static bool
copy_and_write(struct arena *a, struct backup *b, const char *database, const char *part)
{
    struct bundle *f = NEW(a, struct bundle, 1);
    struct look l = { a, b };
    char when[32];
    time_t now = time(NULL);
    struct tm tm;
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
    b->m = (struct manifest){ .version = STR(NUAN_VERSION), .made_at = str_dup(a, str_of(when)), .data = manifest_data_sum(a) };
    backup_say(b, "copying the database\n");
    if (!db_copy(b->db_url, database, look, &l)) return backup_fail(b, "the database was not copied; see above");
    if (b->m.steps.n == 0) return backup_fail(b, "%s is no database of nuan", db_url_is_postgres(b->db_url) ? "this" : b->db_url);
    backup_say(b, "writing %s\n", b->file);
    bool ok = bundle_create(f, part, b->secret) && write_parts(a, f, b, database);
    bundle_close(f);
    return ok ? publish(a, b, part) : backup_fail(b, "cannot write %s: %s", b->file, f->why);
}

/* One backup at a time: what an earlier one left when it was killed can be removed. */
bool
backup_make(struct arena *a, struct backup *b)
{
    struct str database = str_fmt(a, "%s/backup-database.tmp", b->dir), part = str_fmt(a, "%s.part", b->file);
    const char *why = NULL;
    enum db_there there = db_there(b->db_url, &why);
    if (there == DB_UNKNOWN) return backup_fail(b, "the database: %s", why);
    if (there == DB_EMPTY) return backup_fail(b, "there is no database at %s", db_url_is_postgres(b->db_url) ? "this address" : b->db_url);
    if (access(b->file, F_OK) == 0) return backup_fail(b, "%s exists already", b->file);
    int lock = open(str_fmt(a, "%s/backup.lock", b->dir).p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return backup_fail(b, "%s/backup.lock: %s", b->dir, strerror(errno));
    bool ok = flock(lock, LOCK_EX | LOCK_NB) == 0 || backup_fail(b, "another backup is being made");
    if (ok) {
        unlink(database.p);
        unlink(part.p);
        ok = copy_and_write(a, b, database.p, part.p);
        unlink(database.p);
        unlink(part.p);
    }
    close(lock);
    return ok;
}
