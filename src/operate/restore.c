#include "operate/backup.h"
#include "audit/chain.h"
#include "db/copy.h"
#include "db/migrate.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads a backup from its beginning to its end; with a place to unpack to, writes there what it reads. */
struct reading {
    struct arena *arena;
    struct bundle in;
    struct manifest seen;               /* as counted on the way */
    const char *database, *dir;         /* where to; NULL: only look */
};

static bool
write_out(struct bundle *in, int fd, const char *path, const char *data, size_t n)
{
    while (n) {
        ssize_t done = write(fd, data, n);
        if (done <= 0) return bundle_fail(in, "cannot write %s: %s", path, strerror(done < 0 ? errno : ENOSPC));
        data += done;
        n -= (size_t)done;
    }
    return true;
}

/* One entry: to a file when there is a path, and its hash as attachments are named by it. */
static bool
take(struct reading *r, const char *path, char name[65])
{
    char block[BUNDLE_CHUNK];
    unsigned char raw[32];
    crypto_generichash_state st;
    size_t n;
    bool ok = true;
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    if (path != NULL && fd < 0) return bundle_fail(&r->in, "cannot write %s: %s", path, strerror(errno));
    crypto_generichash_init(&st, NULL, 0, sizeof raw);
    while (ok && (n = bundle_read(&r->in, block, sizeof block)) > 0) {
        crypto_generichash_update(&st, (const unsigned char *)block, n);
        if (fd >= 0) ok = write_out(&r->in, fd, path, block, n);
    }
    crypto_generichash_final(&st, raw, sizeof raw);
    sodium_bin2hex(name, 65, raw, sizeof raw);
    if (fd >= 0 && ok && fsync(fd) != 0) ok = bundle_fail(&r->in, "cannot write %s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return ok && r->in.why[0] == '\0';
}

static bool
is_attachment(const char *name)
{
    return strlen(name) == 73 && strncmp(name, "files/", 6) == 0 && name[8] == '/' && strncmp(name + 6, name + 9, 2) == 0
           && strspn(name + 9, "0123456789abcdef") == 64;
}

static bool
make_folder(struct bundle *in, const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST || bundle_fail(in, "cannot make %s: %s", path, strerror(errno));
}

static bool
take_attachment(struct reading *r, const char *name)
{
    struct arena a = { 0 };
    char hash[65];
    struct str tmp = str_fmt(&a, "%s/files/restore.tmp", r->dir ? r->dir : "");
    if (!is_attachment(name)) return bundle_fail(&r->in, "it holds %s, which is no part of a backup", name);
    bool ok = r->dir == NULL || (make_folder(&r->in, str_fmt(&a, "%s/files", r->dir).p)
                                 && make_folder(&r->in, str_fmt(&a, "%s/%.8s", r->dir, name).p));
    ok = ok && take(r, r->dir ? tmp.p : NULL, hash);
    if (ok && strcmp(hash, name + 9) != 0) ok = bundle_fail(&r->in, "the attachment %s is damaged", name + 9);
    if (ok && r->dir && rename(tmp.p, str_fmt(&a, "%s/%s", r->dir, name).p) != 0) ok = bundle_fail(&r->in, "%s: %s", name, strerror(errno));
    r->seen.files.n++;
    r->seen.files.size += r->in.size;
    arena_clear(&a);
    return ok;
}

static struct str
small(struct reading *r, size_t max)
{
    struct buf b = { .arena = r->arena };
    char block[4096];
    size_t n;
    if (r->in.size > (int64_t)max) bundle_fail(&r->in, "it is no backup of nuan");
    while (r->in.why[0] == '\0' && (n = bundle_read(&r->in, block, sizeof block)) > 0) put(&b, block, n);
    return b.n ? buf_str(&b) : STR("");
}

/* The first entry tells whether this is a backup at all. */
static bool
take_head(struct reading *r, char name[BUNDLE_NAME + 1])
{
    if (!bundle_next(&r->in, name)) {
        if (!r->in.sealed) r->in.why[0] = '\0';         /* what a foreign file lacks does not matter */
        return bundle_fail(&r->in, "it is no backup of nuan");
    }
    if (strcmp(name, "nuan-backup") != 0) return bundle_fail(&r->in, "it is no backup of nuan");
    bundle_sum_begin(&r->in);
    struct str head = small(r, 4096);
    if (!str_starts(head, STR("nuan backup "))) return bundle_fail(&r->in, "it is no backup of nuan");
    return str_starts(head, STR("nuan backup 1\n")) || bundle_fail(&r->in, "it was made by a newer nuan, in a format this one does not know");
}

static bool
as_promised(struct reading *r, const struct manifest *m)
{
    const struct manifest *s = &r->seen;
    if (m->database.size != s->database.size || strcmp(m->database.sum, s->database.sum) != 0)
        return bundle_fail(&r->in, "it is damaged: the database does not fit its checksum");
    return (m->files.n == s->files.n && m->files.size == s->files.size && strcmp(m->files.sum, s->files.sum) == 0)
           || bundle_fail(&r->in, "it is damaged: the attachments do not fit their checksum");
}

static bool
read_parts(struct reading *r, struct manifest *m)
{
    char name[BUNDLE_NAME + 1], hash[65];
    const char *why = NULL;
    if (!take_head(r, name)) return false;
    if (!bundle_next(&r->in, name) || strcmp(name, "database") != 0) return bundle_fail(&r->in, "it holds no database");
    bundle_sum_begin(&r->in);
    if (!take(r, r->database, hash)) return false;
    r->seen.database.size = r->in.size;
    bundle_sum(&r->in, r->seen.database.sum);
    bundle_sum_begin(&r->in);
    while (bundle_next(&r->in, name) && strcmp(name, "manifest.json") != 0)
        if (!take_attachment(r, name)) return false;
    if (r->in.why[0] != '\0') return false;
    bundle_sum(&r->in, r->seen.files.sum);
    bundle_sum_begin(&r->in);
    if (strcmp(name, "manifest.json") != 0) return bundle_fail(&r->in, "it has no manifest");
    struct str text = small(r, MANIFEST_MAX);
    bundle_sum(&r->in, hash);
    bundle_sum_begin(&r->in);
    if (!bundle_next(&r->in, name) || strcmp(name, "manifest.sha256") != 0 || !str_is(small(r, 4096), hash))
        return bundle_fail(&r->in, "its manifest is damaged");
    if (!manifest_parse(r->arena, text, m, &why)) return bundle_fail(&r->in, "%s", why);
    if (bundle_next(&r->in, name)) return bundle_fail(&r->in, "something stands behind its manifest");
    return r->in.why[0] == '\0' && as_promised(r, m);
}

static bool
read_all(struct arena *a, struct backup *b, const char *database, const char *dir)
{
    struct reading *r = NEW(a, struct reading, 1);
    r->arena = a;
    r->database = database;
    r->dir = dir;
    bool ok = bundle_open(&r->in, b->file, b->secret) && read_parts(r, &b->m);
    bundle_close(&r->in);
    b->bytes = r->in.total;
    return ok || backup_fail(b, "%s: %s", b->file, r->in.why);
}

bool
backup_verify(struct arena *a, struct backup *b)
{
    return read_all(a, b, NULL, NULL);
}

/* ---- Into a database */

/* The rows are there in the number the manifest says; sessions of then are over. */
static bool
settle(struct backup *b)
{
    struct arena a = { 0 };
    struct backup_counts_row now = { 0 };
    struct db *db = db_open(b->db_url);
    if (db == NULL) return backup_fail(b, "the restored database does not open; see above");
    db_begin(db, &a, DB_WRITE);
    backup_counts(db, &now);
    backup_sign_out(db, instant_now());
    chain_protect(db);
    bool ok = db_commit(db) || backup_fail(b, "the restored database does not answer; see above");
    db_close(db);
    arena_clear(&a);
    return ok && (memcmp(&now, &b->m.counts, sizeof now) == 0 || backup_fail(b, "the restored database has not as many rows as its manifest says"));
}

static bool
target_fits(struct backup *b)
{
    const char *why = NULL, *engine = db_url_is_postgres(b->db_url) ? "postgresql" : "sqlite";
    struct str unknown = manifest_unknown(&b->m);
    if (unknown.n)
        return backup_fail(b, "%s was made by a newer nuan (%.*s, schema %.*s); this one is " NUAN_VERSION " and knows the schema up to %s", b->file,
                           FMT(b->m.version), FMT(b->m.schema), migrations[migrations_n - 1].name);
    if (!str_is(b->m.engine, engine))
        return backup_fail(b, "%s is a backup of %.*s, and --db names a database of %s", b->file, FMT(b->m.engine), engine);
    enum db_there there = db_there(b->db_url, &why);
    if (there == DB_UNKNOWN) return backup_fail(b, "the database: %s", why);
    return there == DB_EMPTY || b->force || backup_fail(b, "there is a database already; --force replaces it");
}

bool
backup_restore(struct arena *a, struct backup *b)
{
    bool sqlite = !db_url_is_postgres(b->db_url);
    struct str tmp = sqlite ? str_fmt(a, "%s.restoring", b->db_url) : str_fmt(a, "%s/restore-database.tmp", b->dir);
    if (!target_fits(b)) return false;
    backup_say(b, "reading %s\n", b->file);
    bool ok = read_all(a, b, tmp.p, b->dir);
    if (ok) {
        backup_say(b, "filling the database\n");
        ok = db_restore(b->db_url, tmp.p, b->force) || backup_fail(b, "the database was not restored; see above");
    }
    unlink(tmp.p);
    return ok && settle(b);
}
