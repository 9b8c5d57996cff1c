/* Backups: what comes back, what is refused, and that a refusal changes nothing. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "files/attach.h"
#include "db/copy.h"
#include "operate/backup.h"
#include "seal/seal.h"
#include "test/cases.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct kit *k;
static const char *url, *other_url, *other_dir;         /* the kit's database; where it is restored to */

static const char *
path(const char *name)
{
    return at(k, "%s/%s", k->dir, name);
}

static struct backup
job(const char *file, const char *secret)
{
    return (struct backup){ .db_url = url, .dir = k->dir, .file = file, .secret = str_of(secret), .quiet = true };
}

/* An empty place: a database and a folder with nothing in them. */
static void
empty_place(void)
{
    other_dir = path("elsewhere");
    assert_int_equal(system(at(k, "rm -rf %s && mkdir %s", other_dir, other_dir)), 0);
    other_url = at(k, "%s/nuan.db", other_dir);
    if (db_driver(k->db) == DB_SQLITE) return;
    struct str whole = str_of(url), head = str_cut(&whole, '?');
    other_url = at(k, "%.*s_restored?%.*s", FMT(head), FMT(whole));
    const char *name = (const char *)memrchr(head.p, '/', head.n) + 1;
    struct str base = { name, head.n - (size_t)(name - head.p) };
    assert_true(db_exec(k->db, at(k, "DROP DATABASE IF EXISTS %.*s_restored", FMT(base))));
    assert_true(db_exec(k->db, at(k, "CREATE DATABASE %.*s_restored", FMT(base))));
}

static bool
restore(struct backup *b)
{
    b->db_url = other_url;
    b->dir = other_dir;
    return backup_verify(&k->arena, b) && backup_restore(&k->arena, b);
}

static bool
still_empty(void)
{
    const char *why = NULL;
    struct stat st;
    return db_there(other_url, &why) == DB_EMPTY && stat(at(k, "%s/files", other_dir), &st) != 0;
}

static int64_t
number_in(const char *where, const char *sql)
{
    struct db *mine = k->db;
    k->db = db_open(where);
    assert_non_null(k->db);
    int64_t n = kit_number(k, sql);
    db_close(k->db);
    k->db = mine;
    return n;
}

static struct str
bytes_of(const char *file)
{
    struct stat st;
    int fd = open(file, O_RDONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    char *p = NEW(&k->arena, char, st.st_size + 1);
    assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
    close(fd);
    return (struct str){ p, (size_t)st.st_size };
}

static const char *
file_of(const char *name, struct str bytes)
{
    const char *file = path(name);
    int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    close(fd);
    return file;
}

static const char photo[] = "\xFF\xD8\xFF a photo of the kit";
static struct str photo_hash;

static int
open_all(void **state)
{
    (void)state;
    k = kit_open();
    attach_dir_set(k->dir);
    url = getenv("NUAN_TEST_DB");
    if (url == NULL || *url == '\0') url = path("test.db");
    struct opened o = case_made(k, "worker_a", "张三丰", "1950-01-01");
    kit_begin(k);
    assert_true(db_exec(k->db, "UPDATE session SET expires_at = 9000000000000"));
    kit_commit(k);
    photo_hash = attach_hash(&k->arena, file_of("photo", str_of(photo)));
    assert_int_equal(system(at(k, "mkdir -p %s/files/%.2s && cp %s/photo %s/files/%.2s/%.*s", k->dir, photo_hash.p, k->dir, k->dir,
                               photo_hash.p, FMT(photo_hash))), 0);
    kit_begin(k);
    assert_true(db_exec(k->db, at(k, "INSERT INTO case_file (area_id, id, case_id, form_id, field, name, type, size, hash, level, by_id, at) VALUES"
        " (350424, %lld, %lld, 1, 'f', 'a.jpg', 'image/jpeg', %zu, '%.*s', 2, 1, 0)", (long long)id_next(350424), (long long)o.id,
        sizeof photo - 1, FMT(photo_hash))));
    kit_commit(k);
    assert_true(seal_bind(k->db));
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

static void
all_comes_back_elsewhere(void **state)
{
    static const char *const tables[] = { "person", "person_term", "casefile", "case_form", "case_event", "audit", "account", "session", "tally", "setting" };
    (void)state;
    struct backup b = job(path("a.backup"), NULL);
    struct stat st;
    assert_true(backup_make(&k->arena, &b));
    assert_int_equal(stat(b.file, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, b.bytes);
    assert_int_equal(b.m.files.n, 1);
    assert_int_equal(b.m.counts.people, kit_number(k, "SELECT count(*) FROM person"));
    assert_int_not_equal(access(path("a.backup.part"), F_OK), 0);
    assert_int_not_equal(access(path("backup-database.tmp"), F_OK), 0);
    empty_place();
    assert_true(restore(&b));
    for (size_t i = 0; i < COUNT(tables); i++) {
        const char *sql = at(k, "SELECT count(*) FROM %s", tables[i]);
        assert_int_equal(number_in(other_url, sql), kit_number(k, sql));
    }
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM person WHERE name = '张三丰'"), 1);
    assert_true(str_eq(bytes_of(at(k, "%s/files/%.2s/%.*s", other_dir, photo_hash.p, FMT(photo_hash))), str_of(photo)));
    assert_true(kit_number(k, "SELECT count(*) FROM session WHERE ended_at IS NULL") > 0);
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM session WHERE ended_at IS NULL"), 0);
}

/* Neither the key nor what it opens stands in a backup; a sealed one shows nothing at all. */
static void
what_is_not_in_it(void **state)
{
    (void)state;
    struct backup plain = job(path("b.backup"), NULL), sealed = job(path("c.backup"), "a secret of some length");
    struct str key = bytes_of(path("key"));
    assert_true(backup_make(&k->arena, &plain) && backup_make(&k->arena, &sealed));
    assert_false(str_has(bytes_of(plain.file), (struct str){ key.p, 64 }));
    assert_true(str_has(bytes_of(plain.file), STR("a photo of the kit")));
    assert_false(str_has(bytes_of(sealed.file), STR("a photo of the kit")));
    assert_false(str_has(bytes_of(sealed.file), STR("manifest")));
    struct backup none = job(sealed.file, NULL), wrong = job(sealed.file, "another secret, as long"), right = job(sealed.file, "a secret of some length");
    assert_false(backup_verify(&k->arena, &none));
    assert_non_null(strstr(none.why, "--key"));
    assert_false(backup_verify(&k->arena, &wrong));
    assert_non_null(strstr(wrong.why, "secret"));
    empty_place();
    assert_true(restore(&right));
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM person"), kit_number(k, "SELECT count(*) FROM person"));
}

static void
refused(const char *file, const char *secret, const char *why)
{
    struct backup b = job(file, secret);
    assert_false(restore(&b));
    if (why != NULL && strstr(b.why, why) == NULL) fail_msg("%s, expected %s", b.why, why);
    assert_true(still_empty());
}

/* Any byte that is not as it was, any end that is missing. */
static void
a_damaged_or_cut_backup_is_refused(void **state)
{
    (void)state;
    static const char *const secrets[] = { NULL, "a secret of some length" };
    empty_place();
    for (size_t s = 0; s < COUNT(secrets); s++) {
        struct backup b = job(path(s ? "d1.backup" : "d0.backup"), secrets[s]);
        assert_true(backup_make(&k->arena, &b));
        struct str whole = bytes_of(b.file);
        char *bytes = (char *)(uintptr_t)whole.p;
        for (size_t i = 0; i < 60; i++) {       /* all over it, then close to its end, where the manifest stands */
            size_t where = i < 30 ? whole.n * i / 30 + i % 7 : whole.n - 1 - (i - 30) * 131;
            bytes[where] ^= 0x10;
            struct backup d = job(file_of("damaged.backup", whole), secrets[s]);
            bool fine = backup_verify(&k->arena, &d);
            bytes[where] ^= 0x10;
            if (fine) fail_msg("byte %zu of %zu was changed and nobody noticed", where, whole.n);
            refused(d.file, secrets[s], NULL);
        }
        for (size_t n = 0; n < 20; n++) refused(file_of("cut.backup", (struct str){ whole.p, whole.n * n / 20 }), secrets[s], NULL);
        refused(file_of("cut.backup", (struct str){ whole.p, whole.n - 1 }), secrets[s], NULL);
        struct str more = { NEW(&k->arena, char, whole.n + 1), whole.n + 1 };
        memcpy((char *)(uintptr_t)more.p, whole.p, whole.n);
        refused(file_of("longer.backup", more), secrets[s], NULL);
    }
}

static void
a_foreign_file_is_refused(void **state)
{
    (void)state;
    empty_place();
    refused(file_of("foreign", STR("PK\3\4 something else")), NULL, "no backup of nuan");
    refused(file_of("foreign", STR("")), NULL, "no backup of nuan");
    assert_int_equal(system(at(k, "tar cf %s/other.tar -C %s photo", k->dir, k->dir)), 0);
    refused(path("other.tar"), NULL, "no backup of nuan");
    refused(path("not-there"), NULL, "No such file");
}

/* The same parts, with a manifest that speaks of a step nobody knows yet. */
static void
a_backup_of_a_newer_program_is_refused(void **state)
{
    char name[BUNDLE_NAME + 1], block[4096], sum[65];
    (void)state;
    struct backup b = job(path("e.backup"), NULL);
    struct bundle in, out;
    size_t n;
    assert_true(backup_make(&k->arena, &b));
    assert_true(bundle_open(&in, b.file, NO_STR) && bundle_create(&out, path("newer.backup"), NO_STR));
    bundle_sum_begin(&in);
    while (bundle_next(&in, name)) {
        struct buf text = { .arena = &k->arena };
        while ((n = bundle_read(&in, block, sizeof block)) > 0) put(&text, block, n);
        if (strcmp(name, "manifest.json") == 0) {
            struct manifest m = b.m;
            m.steps = str_fmt(&k->arena, "%.*s 9999_future", FMT(m.steps));
            m.schema = STR("9999_future");
            m.version = STR("9.0");
            text = (struct buf){ .arena = &k->arena };
            put_raw(&text, manifest_print(&k->arena, &m));
        } else if (strcmp(name, "manifest.sha256") == 0) {
            text = (struct buf){ .arena = &k->arena };
            put(&text, sum, 64);
        }
        bundle_sum_begin(&out);
        assert_true(bundle_begin(&out, name, (int64_t)text.n, 0) && bundle_write(&out, text.p, text.n) && bundle_end(&out));
        bundle_sum(&out, sum);
    }
    assert_true(in.why[0] == '\0' && bundle_finish(&out));
    bundle_close(&in);
    bundle_close(&out);
    empty_place();
    refused(path("newer.backup"), NULL, "newer nuan (9.0");
}

static void
nothing_is_overwritten_unasked(void **state)
{
    (void)state;
    struct backup b = job(path("f.backup"), NULL), again = job(path("f.backup"), NULL);
    assert_true(backup_make(&k->arena, &b));
    assert_false(backup_make(&k->arena, &again));
    assert_non_null(strstr(again.why, "exists"));
    empty_place();
    assert_true(restore(&b));
    struct db *db = db_open(other_url);
    assert_true(db_exec(db, "UPDATE person SET name = '改过的名字'"));
    db_close(db);
    assert_false(restore(&b));
    assert_non_null(strstr(b.why, "--force"));
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM person WHERE name = '改过的名字'"), kit_number(k, "SELECT count(*) FROM person"));
    b.why[0] = '\0';
    b.force = true;
    assert_true(restore(&b));
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM person WHERE name = '改过的名字'"), 0);
    assert_int_equal(number_in(other_url, "SELECT count(*) FROM person"), kit_number(k, "SELECT count(*) FROM person"));
}

static void
a_backup_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    struct backup gone = job(path("no-such-folder/g.backup"), NULL), none = job(path("h.backup"), NULL), full = job("/dev/full/x", NULL);
    assert_false(backup_make(&k->arena, &gone));
    assert_non_null(strstr(gone.why, "No such file"));
    none.db_url = path("no-such.db");
    assert_false(backup_make(&k->arena, &none));
    assert_non_null(strstr(none.why, "no database"));
    assert_int_not_equal(access(path("no-such.db"), F_OK), 0);          /* and none was made by looking */
    assert_false(backup_make(&k->arena, &full));
    assert_int_not_equal(access(path("backup-database.tmp"), F_OK), 0);
}

/* Lost attachments are told, and the rest is kept. */
static void
a_missing_attachment_is_told(void **state)
{
    (void)state;
    const char *file = at(k, "%s/files/%.2s/%.*s", k->dir, photo_hash.p, FMT(photo_hash));
    struct backup b = job(path("i.backup"), NULL);
    assert_int_equal(rename(file, path("hidden")), 0);
    assert_true(backup_make(&k->arena, &b));
    assert_int_equal(rename(path("hidden"), file), 0);
    assert_int_equal(b.missing, 1);
    assert_int_equal(b.m.files.n, 0);
}

static size_t
files_in(const char *folder)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

/* One a day for 400 days, and two on the last: 7 days, 4 weeks and 12 months are kept, other files are nobody's business. */
static void
old_backups_go_by_the_plan(void **state)
{
    struct keep keep = { 7, 4, 12 }, nothing = { 0, 0, 0 };
    struct date last;
    (void)state;
    assert_true(date_of(2026, 11, 22, &last));
    assert_int_equal(mkdir(path("kept"), 0700), 0);
    for (int i = 0; i < 400; i++) {
        struct str name = backup_name(&k->arena, instant_at(date_add(last, -i), 3, 15));
        if (i == 0) assert_true(str_is(name, "nuan-20261122-031500.backup"));
        file_of(at(k, "kept/%.*s", FMT(name)), STR("x"));
    }
    file_of("kept/nuan-20261122-120000.backup", STR("x"));
    file_of("kept/nuan-20250101-120000.backup.old", STR("x"));
    file_of("kept/notes.txt", STR("x"));
    assert_true(backups_prune(path("kept"), &keep) > 370);
    assert_int_equal(access(path("kept/nuan-20261122-120000.backup"), F_OK), 0);
    assert_int_not_equal(access(path("kept/nuan-20261122-031500.backup"), F_OK), 0);    /* the older one of that day */
    assert_int_equal(access(path("kept/nuan-20261116-031500.backup"), F_OK), 0);        /* the seventh day */
    assert_int_not_equal(access(path("kept/nuan-20261114-031500.backup"), F_OK), 0);    /* a Saturday in the middle of a month */
    assert_int_equal(access(path("kept/nuan-20261108-031500.backup"), F_OK), 0);        /* a Sunday: the newest of its week */
    assert_int_equal(access(path("kept/nuan-20261031-031500.backup"), F_OK), 0);        /* the newest of its month */
    assert_int_equal(access(path("kept/nuan-20250101-120000.backup.old"), F_OK), 0);
    assert_int_equal(access(path("kept/notes.txt"), F_OK), 0);
    assert_int_equal(files_in(path("kept")), 2 + 7 + 3 + 11);           /* the first week and month are among the days */
    assert_int_equal(backups_prune(path("kept"), &keep), 0);
    backups_prune(path("kept"), &nothing);
    assert_int_equal(files_in(path("kept")), 2 + 1);                    /* the newest never goes */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_comes_back_elsewhere), cmocka_unit_test(what_is_not_in_it),
        cmocka_unit_test(a_damaged_or_cut_backup_is_refused), cmocka_unit_test(a_foreign_file_is_refused),
        cmocka_unit_test(a_backup_of_a_newer_program_is_refused), cmocka_unit_test(nothing_is_overwritten_unasked),
        cmocka_unit_test(a_backup_that_cannot_be_written_leaves_nothing), cmocka_unit_test(a_missing_attachment_is_told),
        cmocka_unit_test(old_backups_go_by_the_plan),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
