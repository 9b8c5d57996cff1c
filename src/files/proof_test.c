/* Files that prove an entry, a referral, a report: who adds them, who reads them, what is refused. */
#include "files/attach.h"
#include "ledger/ledger.h"
#include "staff/staff.h"
#include "test/cases.h"
#include "test/refer.h"
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
    int64_t file = kit_number(k, "SELECT max(id) FROM proof_file");
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
    assert_int_equal(kit_number(k, "SELECT count(*) FROM proof_file"), 1);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/void", one).p, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", str_fmt(&k->arena, "%s/restore", one).p, "").status, HTTP_SEE_OTHER);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_OK);
    /* What only the member of staff and the head may read is so with its proof, and the reading is on record. */
    int64_t entry = added("background", str_fmt(&k->arena, "staff=%lld&kind=record&party=x&state=clear&on=2026-01-01&until=2036-01-01",
                                                   (long long)staff().v).p);
    kit_upload(k, "head_a", path("/ledgers/%s/%lld/files", "background", entry), "", "proof", "y.png", STR("png"));
    one = str_fmt(&k->arena, "/ledgers/%s/%lld/files/%lld", "background", (long long)entry, (long long)kit_number(k, "SELECT max(id) FROM proof_file")).p;
    int64_t reads = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'");
    assert_int_equal(kit_get(k, "worker_a2", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'staff'"), reads + 1);
}

static int64_t
newest(void)
{
    return kit_number(k, "SELECT max(id) FROM proof_file");
}

static enum http
add_file(const char *login, const char *to, const char *name)
{
    return kit_upload(k, login, to, "", "proof", name, STR("%PDF-1.4 x")).status;
}

/* The clerk's papers go to the station with the referral; what the station adds is not for him. */
static void
a_clerk_adds_papers_and_sees_only_his_own(void **state)
{
    (void)state;
    attach_dir_set(k->dir);
    int64_t id = refer_clerk(k, "低保户乙", "");
    const char *page = at(k, "/referrals/%lld", (long long)id), *to = at(k, "%s/files", page);
    assert_int_equal(add_file("clerk_a", to, "低保证.pdf"), HTTP_SEE_OTHER);
    const char *his = at(k, "%s/%lld", to, (long long)newest());
    assert_true(kit_has(kit_get(k, "worker_a", page), "低保证.pdf"));
    int64_t reads = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'referral'");
    assert_int_equal(kit_get(k, "worker_a", his).status, HTTP_OK);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND entity = 'referral'"), reads + 1);
    refer_accept(k, "worker_a", id, "new");
    assert_int_equal(add_file("worker_a", to, "病历.pdf"), HTTP_SEE_OTHER);
    const char *ours = at(k, "%s/%lld", to, (long long)newest());
    assert_true(kit_has(kit_get(k, "worker_a", page), "病历.pdf"));
    assert_true(kit_has(kit_get(k, "clerk_a", page), "低保证.pdf"));
    assert_false(kit_has(kit_get(k, "clerk_a", page), "病历.pdf"));
    assert_int_equal(kit_get(k, "clerk_a", ours).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "clerk_a", his).status, HTTP_OK);
    assert_int_equal(kit_post(k, "clerk_a", at(k, "%s/void", ours), "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", his).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "clerk_a", to, "").status, HTTP_INVALID);              /* no file: said on the page */
    assert_true(kit_has(kit_post(k, "clerk_a", to, ""), "请选择文件"));
    assert_int_equal(kit_get(k, "worker_a", at(k, "/ledgers/filing/%lld/files/%lld", (long long)id, (long long)newest())).status, HTTP_NOT_FOUND);
}

/* Evidence is for those who may read the report, and for nobody else. */
static void
evidence_is_for_who_reads_the_report(void **state)
{
    (void)state;
    attach_dir_set(k->dir);
    struct kit_reply r = kit_post(k, "grid_a", "/discoveries/report",
                                  at(k, "kind=domestic&urgency=2&minor=no&found=2026-01-05T08:00&name=x&place=x&facts=x&reporter_phone=13900000009"));
    int64_t d = kit_id_in(r.location, "/discoveries/");
    kit_post(k, "worker_a", at(k, "/discoveries/%lld/take", (long long)d), "");
    r = kit_post(k, "worker_a", at(k, "/discoveries/%lld/settle", (long long)d),
                 at(k, "outcome=report&worker=%lld&duty=domestic&responses=shelter", (long long)kit_user(k, "worker_a").v));
    int64_t id = kit_id_in(r.location, "/reports/");
    const char *page = at(k, "/reports/%lld", (long long)id), *to = at(k, "%s/files", page);
    assert_int_equal(add_file("worker_a", to, "伤情.jpg"), HTTP_SEE_OTHER);
    const char *one = at(k, "%s/%lld", to, (long long)newest());
    assert_true(kit_has(kit_get(k, "head_a", page), "伤情.jpg"));
    assert_int_equal(kit_get(k, "head_a", one).status, HTTP_OK);
    assert_int_equal(kit_get(k, "worker_a2", one).status, HTTP_NOT_FOUND);
    assert_int_equal(add_file("worker_a2", to, "x.pdf"), HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", one).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "grid_a", one).status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "county", one).status, HTTP_FORBIDDEN);
}

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(proof_is_read_by_who_reads_the_entry),
                                        cmocka_unit_test(a_clerk_adds_papers_and_sees_only_his_own),
                                        cmocka_unit_test(evidence_is_for_who_reads_the_report) };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
