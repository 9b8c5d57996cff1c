/* Several case files in one go: what is in the archive, what is left out, who may fetch it. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "casework/printing.h"
#include "db/writer.h"
#include "test/cases.h"
#include <time.h>
#include <unistd.h>
#include <zip.h>

static struct kit *k;

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    const char *env = getenv("NUAN_TEST_DB"), *url = env && *env ? env : str_fmt(&k->arena, "%s/test.db", k->dir).p;
    printing_open(url);
    return writer_start(url, 2) ? 0 : -1;
}

static int
close_kit(void **state)
{
    (void)state;
    writer_stop();
    kit_close(k);
    return 0;
}

/* Starts, and waits until the thread has ended; its page. */
static const char *
printed(const char *login, const char *ids)
{
    struct kit_reply r = kit_post(k, login, "/cases/print", at(k, "%s&give_purpose=internal", ids));
    if (r.status != HTTP_SEE_OTHER) fail_msg("%d %.*s", (int)r.status, FMT(r.body));
    const char *page = str_z(&k->arena, r.location);
    for (int i = 0; i < 3000; i++) {
        if (kit_number(k, "SELECT count(*) FROM printing WHERE state = 'running'") == 0) return page;
        nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
    }
    fail_msg("it does not end");
    return NULL;
}

static void
one_archive_holds_the_files_that_may_be_read(void **state)
{
    (void)state;
    struct opened a = case_made(k, "worker_a", "打印甲", "1950-01-01"), b = case_made(k, "worker_a", "打印乙", "1951-01-01");
    struct opened other = case_made(k, "worker_b", "外站丙", "1952-01-01"), theirs = case_made(k, "worker_a2", "同事丁", "1953-01-01");
    const char *ids = at(k, "id=%lld&id=%lld&id=%lld&id=%lld", (long long)a.id, (long long)b.id, (long long)other.id, (long long)theirs.id);
    struct kit_reply ask = kit_get(k, "worker_a", at(k, "/cases/print?%s", ids));
    assert_true(kit_has(ask, "打印甲") && kit_has(ask, "同事丁"));
    assert_false(kit_has(ask, "外站丙"));               /* of another station: not even its name */

    const char *page = printed("worker_a", ids);
    struct kit_reply shown = kit_get(k, "worker_a", page);
    assert_true(kit_has(shown, "已打印 2 件"));
    assert_true(kit_has(shown, "1 件无权查看"));
    assert_true(kit_has(kit_get(k, "worker_a", at(k, "%s/progress", page)), "\"done\":3,\"total\":3"));

    struct kit_reply file = kit_get(k, "worker_a", at(k, "%s/file", page));
    assert_int_equal(file.status, HTTP_OK);
    zip_t *z = zip_open(str_z(&k->arena, file.file), ZIP_RDONLY, NULL);
    assert_non_null(z);
    assert_int_equal(zip_get_num_entries(z, 0), 2);
    for (zip_uint64_t i = 0; i < 2; i++) {
        char head[5] = "";
        zip_file_t *f = zip_fopen_index(z, i, 0);
        assert_int_equal(zip_fread(f, head, 4), 4);
        assert_string_equal(head, "%PDF");
        zip_fclose(f);
        assert_true(str_starts(str_of(zip_get_name(z, i, 0)), STR("file-")));
    }
    zip_close(z);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'print' AND entity = 'case'"), 2);
    assert_int_equal(kit_number(k, at(k, "SELECT count(*) FROM audit WHERE action = 'print' AND entity_id = %lld", (long long)theirs.id)), 0);

    assert_int_equal(kit_get(k, "worker_a2", page).status, HTTP_NOT_FOUND);              /* only who asked for it */
    assert_int_equal(kit_get(k, "worker_a2", at(k, "%s/file", page)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "county", page).status, HTTP_FORBIDDEN);
}

static void
nothing_that_may_be_read_is_told(void **state)
{
    (void)state;
    struct opened theirs = case_made(k, "worker_a2", "同事戊", "1953-01-01");
    const char *page = printed("worker_a", at(k, "id=%lld", (long long)theirs.id));
    struct kit_reply r = kit_get(k, "worker_a", page);
    assert_true(kit_has(r, "所选个案都无权查看"));
    assert_int_equal(kit_get(k, "worker_a", at(k, "%s/file", page)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM disclosure WHERE kind = 'print' AND purpose = '站内工作使用'"), 2);
    assert_int_equal(kit_post(k, "worker_a", "/cases/print", "give_purpose=internal").status, HTTP_INVALID);
}

/* What nobody fetched is gone after an hour, and its page says so. */
static void
old_files_are_removed(void **state)
{
    (void)state;
    struct opened a = case_made(k, "worker_a", "打印己", "1950-01-01"), b = case_made(k, "worker_a", "打印庚", "1950-01-01");
    const char *first = printed("worker_a", at(k, "id=%lld", (long long)a.id));
    const char *path = str_z(&k->arena, kit_get(k, "worker_a", at(k, "%s/file", first)).file);
    assert_int_equal(access(path, R_OK), 0);
    clock_stop((struct instant){ instant_now().ms + 3700000 });
    printed("worker_a", at(k, "id=%lld", (long long)b.id));
    clock_stop(NO_TIME);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(kit_get(k, "worker_a", at(k, "%s/file", first)).status, HTTP_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_archive_holds_the_files_that_may_be_read),
        cmocka_unit_test(nothing_that_may_be_read_is_told),
        cmocka_unit_test(old_files_are_removed),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
