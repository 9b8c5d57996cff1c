/* Files that prove an entry: who adds them, who reads them, what is refused. */
#include "files/attach.h"
#include "ledger/ledger.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

static const char *
path(const char *fmt, const char *code, int64_t id)
{
    return str_fmt(&k->arena, fmt, code, (long long)id).p;
}

static int64_t
added(const char *code, const char *params)
{
    struct kit_reply r = kit_post(k, "head_a", path("/ledgers/%s/new", code, 0), str_fmt(&k->arena, "version=0&%s", params).p);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d\n%.3000s", code, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, path("/ledgers/%s/", code, 0));
}

static const char *
filing(void)
{
    return str_fmt(&k->arena, "unit=%lld&kind=self&title=x&on=2026-01-01&until=2036-01-01", (long long)k->station_a.v).p;
}

static struct staff_id
staff(void)
{
    struct staff_new s = { .unit = k->station_a, .name = STR("某"), .sex = STR("2"), .born = NO_DATE, .employment = STR("full"),
                           .service_from = NO_DATE, .started_on = { 20000 } };
    kit_begin(k);
    struct staff_id id = staff_make(k->db, 350424, &s);
    kit_commit(k);
    return id;
}

/* Scans and receipts follow the rights of the entry that they prove. */
static void
proof_is_read_by_who_reads_the_entry(void **state)
{
    (void)state;
    attach_dir_set(k->dir);
    int64_t made = added("filing", filing());
    const char *to = path("/ledgers/%s/%lld/files", "filing", made);
    struct kit_reply r = kit_upload(k, "head_a", to, "", "proof", "回执.pdf", STR("%PDF-1.4 receipt"));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    int64_t file = kit_number(k, "SELECT max(id) FROM entry_file");
    const char *one = str_fmt(&k->arena, "%s/%lld", to, (long long)file).p;
    assert_true(kit_has(kit_get(k, "head_a", path("/ledgers/%s/%lld", "filing", made)), "回执.pdf"));
    r = kit_get(k, "worker_a", one);
    assert_int_equal(r.status, HTTP_OK);
    assert_true(str_is(r.type, "application/pdf") && str_is(r.download, "回执.pdf") && r.file.n > 0);
    assert_int_equal(kit_get(k, "worker_b", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "grid_a", one).status, HTTP_FORBIDDEN);
    /* Neither another kind of file, nor nothing, nor another entry's address. */
    r = kit_upload(k, "head_a", to, "", "proof", "x.html", STR("<script>"));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "不支持这种文件"));
    assert_int_equal(kit_post(k, "head_a", to, "").status, HTTP_INVALID);
    assert_int_equal(kit_upload(k, "head_b", to, "", "proof", "x.pdf", STR("x")).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_upload(k, "bureau", to, "", "proof", "x.pdf", STR("x")).status, HTTP_FORBIDDEN);
    int64_t other = added("filing", filing());
    assert_int_equal(kit_get(k, "head_a", str_fmt(&k->arena, "/ledgers/filing/%lld/files/%lld", (long long)other, (long long)file).p).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM entry_file"), 1);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/void", one).p, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/restore", one).p, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_OK);
    /* What only the member of staff and the head may read is so with its proof, and the reading is on record. */
    int64_t entry = added("background", str_fmt(&k->arena, "staff=%lld&kind=record&party=x&state=clear&on=2026-01-01&until=2036-01-01",
                                                   (long long)staff().v).p);
    kit_upload(k, "head_a", path("/ledgers/%s/%lld/files", "background", entry), "", "proof", "y.png", STR("png"));
    one = str_fmt(&k->arena, "/ledgers/%s/%lld/files/%lld", "background", (long long)entry, (long long)kit_number(k, "SELECT max(id) FROM entry_file")).p;
    int64_t reads = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'");
    assert_int_equal(kit_get(k, "worker_a2", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'"), reads + 1);
}

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(proof_is_read_by_who_reads_the_entry) };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
