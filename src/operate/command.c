/* nuan backup, restore, check, key. */
#include "operate/operate.h"
#include "files/attach.h"
#include "cli/lock.h"
#include "db/migrate.h"
#include "operate/backup.h"
#include "operate/check.h"
#include "operate/rotate.h"
#include "operate/rotate_sql.h"
#include "seal/seal.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET_MIN = 12, NOTICED_S = 3 };

/* What --key names: the bytes of a file without the end of its last line, or a line typed in. */
static struct str
secret_of(struct arena *a, const struct cli *c)
{
    const char *path = cli_option(c, "--key");
    char *text = NEW(a, char, 4097);
    ssize_t n;
    if (path == NULL) return NO_STR;
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) die("--key %s: %s", path, strerror(errno));
    if (fd == STDIN_FILENO && isatty(fd)) fputs("secret: ", stderr);
    n = read(fd, text, 4096);
    if (fd != STDIN_FILENO) close(fd);
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r')) n--;
    if (n < SECRET_MIN) die("--key %s: a secret has at least %d characters", path, SECRET_MIN);
    return (struct str){ text, (size_t)n };
}

static int
failed(const struct backup *b)
{
    fprintf(stderr, "nuan: %s\n", b->why);
    return 1;
}

static bool
is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "7,4,12" */
static struct keep
keep_of(const struct cli *c)
{
    struct keep k = { 0 };
    int64_t *const to[] = { &k.days, &k.weeks, &k.months };
    struct str rest = str_of(cli_option(c, "--keep"));
    for (size_t i = 0; i < COUNT(to); i++)
        if (!str_int(str_cut(&rest, ','), to[i]) || *to[i] < 0 || *to[i] > 1000) die("--keep: three numbers, such as 7,4,12");
    if (rest.n || k.days + k.weeks + k.months == 0) die("--keep: three numbers, such as 7,4,12");
    return k;
}

static void
print_manifest(const struct backup *b)
{
    const struct manifest *m = &b->m;
    printf("%s: %.1f MB%s\n", b->file, (double)b->bytes / 1e6, b->secret.n ? ", sealed" : "");
    printf("  made %.*s by nuan %.*s, %.*s, schema %.*s\n", FMT(m->made_at), FMT(m->version), FMT(m->engine), FMT(m->schema));
    printf("  %lld persons, %lld cases, %lld records, %lld accounts, %lld attachments\n", (long long)m->counts.people, (long long)m->counts.cases,
           (long long)m->counts.records, (long long)m->counts.accounts, (long long)m->files.n);
}

static int
backup(struct cli *c)
{
    struct arena a = { 0 };
    if (c->argc != 1) die("usage: nuan backup FILE|FOLDER [--key FILE] [--keep DAYS,WEEKS,MONTHS]");
    const char *to = c->argv[0];
    bool folder = is_folder(to), prune = cli_option(c, "--keep") != NULL;
    if (prune && !folder) die("--keep needs a folder of backups");
    struct keep keep = prune ? keep_of(c) : (struct keep){ 0 };
    if (sodium_init() < 0) die("libsodium does not start");
    attach_dir_set(c->dir);
    struct backup b = { .db_url = c->db_url, .dir = c->dir, .secret = secret_of(&a, c), .quiet = cli_option(c, "--quiet") != NULL,
                        .file = folder ? str_fmt(&a, "%s/%.*s", to, FMT(backup_name(&a, instant_now()))).p : to };
    if (!backup_make(&a, &b)) return failed(&b);
    if (!b.quiet) {
        print_manifest(&b);
        printf("  it does not hold %s/nuan.key: keep that key in another place\n", c->dir);
    }
    int removed = prune ? backups_prune(to, &keep) : 0;
    if (removed > 0) backup_say(&b, "removed %d older backups\n", removed);
    if (b.missing) fprintf(stderr, "nuan: %lld attachments are missing, see above; all else is in the backup\n", (long long)b.missing);
    arena_clear(&a);
    return b.missing || removed < 0 ? 1 : 0;
}

/* What only the administrator can put right. */
static void
advise(struct arena *a, const struct cli *c, const struct manifest *m)
{
    struct str key = str_fmt(a, "%s/nuan.key", c->dir);
    if (m->key.n && access(key.p, F_OK) != 0)
        printf("Now put the key of the old place at %s: without it ID numbers, telephones and addresses do not open.\n", key.p);
    else if (m->key.n && (!seal_open(key.p) || !seal_knows(a, m->key)))
        printf("%s is NOT the key that this database was sealed with: put the right one there.\n", key.p);
    if (m->data.n && !str_eq(m->data, manifest_data_sum(a)))
        printf("The forms, code tables and profiles differ from those it was made with: if it used --data, copy that folder too.\n");
}

static int
restore(struct cli *c)
{
    struct arena a = { 0 };
    if (c->argc != 1) die("usage: nuan restore FILE [--key FILE] [--verify] [--force]");
    if (sodium_init() < 0) die("libsodium does not start");
    struct backup b = { .db_url = c->db_url, .dir = c->dir, .file = c->argv[0], .secret = secret_of(&a, c), .force = cli_option(c, "--force") != NULL };
    if (!backup_verify(&a, &b)) return failed(&b);
    print_manifest(&b);
    if (cli_option(c, "--verify") != NULL) {
        puts("  it is whole");
        return 0;
    }
    if (!server_lock(c->db_url)) die("a nuan serves %s: stop it first", c->db_url);
    if (!backup_restore(&a, &b)) return failed(&b);
    puts("restored; nobody is signed in");
    advise(&a, c, &b.m);
    puts("\"nuan check\" looks whether everything is there.");
    arena_clear(&a);
    return 0;
}

static void
print_part(const char *what, int64_t wrong)
{
    if (wrong == 0) printf("ok      %s\n", what);
    else printf("WRONG   %s: %lld\n", what, (long long)wrong);
}

static int
check(struct cli *c)
{
    struct arena a = { 0 };
    struct check_result r;
    const char *why = NULL, *key = str_fmt(&a, "%s/nuan.key", c->dir).p;
    if (access(key, F_OK) != 0) die("%s is missing: put the key of this database there", key);
    cli_load(c);
    struct db *db = db_open(c->db_url);
    if (db == NULL) die("the database cannot be opened; see above");
    why = migrate_wrong(db);
    if (why != NULL) die("%s (\"nuan migrate\" brings an older one up to date)", why);
    bool right = check_all(db, stdout, &r), key_right = seal_bind(db);
    if (!key_right) printf("%s is not the key that this database was sealed with\n", key);
    print_part(db_driver(db) == DB_SQLITE ? "the file of the database" : "indexes of the database", r.pages);
    print_part("references between tables", r.references);
    print_part("counters, recounted from the records", r.counters);
    print_part("contacts and minutes of the cases", r.cases);
    print_part("attachments", r.files);
    print_part("the key", r.sealed + !key_right);
    print_part("the trail of what was done and read", r.trail);
    puts(right && key_right ? "everything agrees" : "NOT everything agrees; see above");
    db_close(db);
    arena_clear(&a);
    return right && key_right ? 0 : 1;
}

/* ---- The key ---- */

static void
tell_column(const struct sealed_column *c, int64_t done)
{
    printf("%s.%s: %lld\n", c->table, c->column, (long long)done);
}

/* A new key, or the rest of a change that was stopped. */
static int
rotate_key(struct cli *c)
{
    struct arena a = { 0 };
    int64_t left;
    cli_load(c);
    struct db *db = cli_db(c);
    db_begin(db, &a, DB_READ);
    struct str bound = seal_of_db(db);
    db_rollback(db);
    if (str_eq(bound, seal_fingerprint(&a))) {
        if (seal_generations() > 1) die("everything is sealed with the newest key already; \"nuan key drop\" removes the one before");
        if (!seal_key_add()) die("%s/nuan.key cannot be written: %s", c->dir, strerror(errno));
        printf("%s/nuan.key has a new key, number %d; keep a copy of the file in a safe place\n", c->dir, seal_generation());
        sleep(NOTICED_S);               /* until then every server on this machine has seen it */
    }
    bool ok = rotate(db, 0, tell_column, &left) && left == 0;
    if (ok) puts("everything is sealed with the new key; the old one stays until \"nuan key drop\"");
    else printf("%lld values are still sealed with an older key; see above, then run it again\n", (long long)left);
    db_close(db);
    arena_clear(&a);
    return ok ? 0 : 1;
}

static int
drop_key(struct cli *c)
{
    struct arena a = { 0 };
    struct rotate_since_row since;
    struct rotate_links_row links = { 0 };
    int64_t at = 0;
    char until[24];
    cli_load(c);
    struct db *db = cli_db(c);
    if (seal_generations() < 2) die("%s/nuan.key has one key only", c->dir);
    db_begin(db, &a, DB_READ);
    bool bound = str_eq(seal_of_db(db), seal_fingerprint(&a)) && rotate_since(db, &since) && str_int(since.at, &at);
    int64_t left = rotate_left(db);
    rotate_links(db, &links, (struct instant){ at }, instant_now());
    db_rollback(db);
    if (!bound || left) die("%lld values are still sealed with an older key: run \"nuan key rotate\"", (long long)left);
    instant_print((struct instant){ links.until }, until);
    if (links.total && cli_option(c, "--force") == NULL)
        die("%lld one-time links still need the old key, the last one until %s; --force lets them end", (long long)links.total, until);
    if (!seal_key_drop()) die("%s/nuan.key cannot be written: %s", c->dir, strerror(errno));
    puts("the old key is gone from the key file; backups of before need it: keep it with them");
    db_close(db);
    arena_clear(&a);
    return 0;
}

static const struct cli_option drop_options[] = {
    { "--force", NULL, "also when one-time links still need the old key" },
};
static const struct cli_option backup_options[] = {
    { "--key", "FILE", "seal it with the secret in this file (- : typed in)" },
    { "--keep", "D,W,M", "then remove all but the newest of D days, W weeks, M months" },
    { "--quiet", NULL, "only what is wrong" },
};
static const struct cli_option restore_options[] = {
    { "--key", "FILE", "the secret it was sealed with (- : typed in)" },
    { "--verify", NULL, "only look whether the backup is whole" },
    { "--force", NULL, "replace the database that is there" },
};

const struct command operate_commands[] = {
    { "backup", "FILE|FOLDER ", "copy the database and the attachments into one file, while the server runs", backup, backup_options, COUNT(backup_options) },
    { "restore", "FILE ", "bring a backup into an empty database", restore, restore_options, COUNT(restore_options) },
    { "check", NULL, "look whether the database, its counters, the attachments and the key agree", check, NULL, 0 },
    { "key rotate", NULL, "seal everything anew with a new key, while the servers run; goes on where it was stopped", rotate_key, NULL, 0 },
    { "key drop", NULL, "remove the key before from the key file, once nothing needs it", drop_key, drop_options, COUNT(drop_options) },
    { 0 },
};
