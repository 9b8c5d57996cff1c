/* All routes × all roles × inside and outside the scope.  The result is kept in src/auth/roles.txt and reviewed like code: the
 * test fails on any difference.  NUAN_REVIEW=1 writes the file anew.
 *
 * A cell says what the user met inside / outside his scope: "yes" (the handler ran, even if it asked for more), "no" (403),
 * "–" (404: not there for him), "in" (sent to the sign-in page). */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "casework/casework.h"
#include "files/attach.h"
#include "people/grant_sql.h"
#include "people/people.h"
#include "staff/staff.h"
#include "test/kit.h"

static const char *const logins[] = { NULL, "worker_a", "worker_a2", "head_a", "assistant_a", "supervisor_a", "clerk_a", "grid_a", "village_a",
                                      "volunteer_a", "county", "bureau", "evaluator", "client_a", "admin" };
static const char reviewed[] = "src/auth/roles.txt";

struct example { const char *name; int64_t in, out; };
static struct example examples[32];
static size_t examples_n;
static struct kit *k;

static void
example(const char *name, int64_t in, int64_t out)
{
    examples[examples_n++] = (struct example){ name, in, out };
}

static int64_t
person(struct unit_id unit, const char *name)
{
    struct person_id id;
    struct person_new in = { .area = 350424, .unit = unit, .name = str_of(name), .sex = STR("2"), .born = { -3000 } };
    assert_true(person_make(k->db, &in, &id));
    return id.v;
}

/* A case through the page, so that it is what a worker would have. */
static void
case_of_worker(const char *login, int64_t person_id, int64_t *case_id, int64_t *form_id)
{
    struct kit_reply r = kit_post(k, login, "/cases/new", str_fmt(&k->arena, "person=%lld", (long long)person_id).p);
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    *case_id = kit_id_in(r.location, "/cases/");
    struct str rest = str_fmt(&k->arena, "/cases/%lld/forms/", (long long)*case_id);
    *form_id = kit_id_in(r.location, rest.p);
}

static int64_t
made(const char *login, const char *path, const char *params, const char *prefix)
{
    struct kit_reply r = kit_post(k, login, path, params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.1500s", path, (int)r.status, str_z(&k->arena, r.body));
    return kit_id_in(r.location, prefix);
}

/* A file on a record. */
static int64_t
proof(const char *login, const char *of, int64_t id)
{
    attach_dir_set(k->dir);
    kit_upload(k, login, str_fmt(&k->arena, "%s/%lld/files", of, (long long)id).p, "", "proof", "x.pdf", STR("x"));
    return kit_number(k, "SELECT max(id) FROM proof_file");
}

/* One that the clerk sends to station a, and one that came to station b. */
static void
referrals(int64_t case_a)
{
    const char *common = "from_org=x&from_person=x&from_phone=13800000000&client_kind=person&name=x&reason=wish&services=1.1&service_class=comprehensive"
                         "&urgency=4&summary=x&consent_how=legal&legal_basis=x&source=hospital&sign=x";
    int64_t a = made("clerk_a", "/referrals/refer", str_fmt(&k->arena, "%s&unit=%lld", common, (long long)k->station_a.v).p, "/referrals/");
    int64_t b = made("worker_b", "/referrals/in", common, "/referrals/");
    example("referral", a, b);
    example("paper", proof("clerk_a", "/referrals", a), proof("worker_b", "/referrals", b));
    const char *reading = str_fmt(&k->arena, "/cases/%lld/reading", (long long)case_a).p;
    int64_t id = made("worker_a", reading, "asked_by=x&relation=self&on=2026-01-01", str_fmt(&k->arena, "%s/", reading).p);
    example("reading", id, id);
}

/* One that was noticed at station a, one at station b, and what became of them. */
static void
discoveries(void)
{
    const char *told = "source=visit&kind=domestic&urgency=1&minor=no&found=2026-01-01T10:00&place=x&facts=x";
    int64_t here = made("worker_a", "/discoveries/new", told, "/discoveries/"),
            there = made("worker_b", "/discoveries/new", told, "/discoveries/"), report[2];
    for (int i = 0; i < 2; i++) {
        const char *login = i ? "worker_b" : "worker_a",
                   *at = str_fmt(&k->arena, "/discoveries/%lld", (long long)(i ? there : here)).p;
        made(login, str_fmt(&k->arena, "%s/take", at).p, "", "/discoveries/");
        report[i] =
            made(login, str_fmt(&k->arena, "%s/settle", at).p,
                 str_fmt(&k->arena, "outcome=report&duty=domestic&worker=%lld", (long long)kit_user(k, login).v).p,
                 "/reports/");
    }
    example("discovery", here, there);
    example("report", report[0], report[1]);
    example("evidence", proof("worker_a", "/reports", report[0]), proof("worker_b", "/reports", report[1]));
    int64_t item[2];
    for (int i = 0; i < 2; i++) {
        struct user_id head = kit_user(k, i ? "head_b" : "head_a");
        item[i] = kit_number(k, str_fmt(&k->arena, "SELECT max(id) FROM inbox WHERE account_id = %lld", (long long)head.v).p);
    }
    example("item", item[0], item[1]);
}

/* A session of supervision in each of two stations. */
static void
entries(void)
{
    int64_t id[2], member[2], file[2];
    for (int i = 0; i < 2; i++) {
        struct unit_id unit = i ? k->station_b : k->station_a;
        kit_begin(k);
        struct staff_new s = { .unit = unit, .name = STR("某"), .sex = STR("2"), .born = NO_DATE, .employment = STR("full"),
                               .service_from = NO_DATE, .started_on = { 20000 } };
        struct staff_id staff = staff_make(k->db, 350424, &s);
        kit_commit(k);
        id[i] = made(i ? "head_b" : "head_a", "/ledgers/session/new",
                     str_fmt(&k->arena, "version=0&staff=%lld&party=x&kind=single&on=2026-01-01&title=x&number=x&state=x",
                             (long long)staff.v).p, "/ledgers/session/");
        member[i] = staff.v;
        file[i] = proof(i ? "head_b" : "head_a", "/ledgers/session", id[i]);
    }
    example("file", file[0], file[1]);
    example("entry", id[0], id[1]);
    example("staff", member[0], member[1]);
}

/* A draft with a line in each of two stations. */
static void
lists(void)
{
    int64_t id[2], line[2];
    for (int i = 0; i < 2; i++) {
        const char *head = i ? "head_b" : "head_a";
        struct unit_id unit = i ? k->station_b : k->station_a;
        id[i] = made(head, "/lists/new", str_fmt(&k->arena, "unit=%lld&kind=needs&title=x&from=2026-01-01", (long long)unit.v).p, "/lists/");
        made(head, str_fmt(&k->arena, "/lists/%lld/lines/new", (long long)id[i]).p, "version=0&text=x&topic=living&source=visit&priority=low", "/lists/");
        line[i] = kit_number(k, str_fmt(&k->arena, "SELECT line_id FROM list_line WHERE list_id = %lld", (long long)id[i]).p);
    }
    example("list", id[0], id[1]);
    example("line", line[0], line[1]);
}

/* A group with a candidate in each of two stations. */
static void
groups(int64_t here, int64_t there)
{
    int64_t id[2], plan[2], member[2];
    for (int i = 0; i < 2; i++) {
        const char *login = i ? "worker_b" : "worker_a";
        struct kit_reply r = kit_post(k, login, "/groups/new", "name=x");
        id[i] = kit_id_in(r.location, "/groups/");
        plan[i] = kit_id_in(r.location, str_fmt(&k->arena, "/groups/%lld/forms/", (long long)id[i]).p);
        made(login, str_fmt(&k->arena, "/groups/%lld/members", (long long)id[i]).p,
             str_fmt(&k->arena, "person=%lld&on=2026-01-01", (long long)(i ? there : here)).p, "/groups/");
        member[i] = kit_number(k, "SELECT max(id) FROM group_member");
    }
    example("group", id[0], id[1]);
    example("sheet", plan[0], plan[1]);
    example("participant", member[0], member[1]);
}

static int
open_kit(void **state)
{
    int64_t case_a, form_a, case_b, form_b;
    (void)state;
    k = kit_open();
    kit_begin(k);
    int64_t a = person(k->station_a, "甲某"), b = person(k->station_b, "乙某");
    int64_t twin_a = person(k->station_a, "甲某"), twin_b = person(k->station_b, "乙某");
    kit_commit(k);
    case_of_worker("worker_a", a, &case_a, &form_a);
    case_of_worker("worker_b", b, &case_b, &form_b);
    example("case", case_a, case_b);
    example("form", form_a, form_b);
    example("other", form_a, form_b);
    example("person", a, b);
    example("tie", 1, 2);
    example("double", twin_a, twin_b);
    referrals(case_a);
    discoveries();
    entries();
    lists();
    groups(a, b);
    kit_post(k, "worker_a2", str_fmt(&k->arena, "/people/%lld/open", (long long)a).p, "way=asked&reason=x+x+x+x+x");
    struct grant_id there = { id_next(350424) };
    struct user_id owner = kit_user(k, "worker_b");
    kit_begin(k);
    grant_insert(k->db, .area = 350424, .id = there, .person = { b }, .account = owner, .unit = k->station_b, .level = 3,
                 .way = STR("asked"), .reason = STR("x"), .at = instant_now(), .state = STR("waiting"), .until = NO_TIME);
    kit_commit(k);
    example("grant", kit_number(k, "SELECT min(id) FROM access_grant"), there.v);
    example("unit", k->station_a.v, k->station_c.v);
    example("user", kit_user(k, "worker_a").v, kit_user(k, "worker_b").v);
    k->dry = true;
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

/* "/cases/:case/forms/:form" with real numbers and words; what there is no example for gets a number that nothing has. */
static const char *
address(const struct route *r, bool inside)
{
    struct buf b = { .arena = &k->arena };
    struct str rest = str_of(r->path);
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (part.n && part.p[0] == ':') {
            int64_t id = 7;
            for (size_t i = 0; i < examples_n; i++)
                if (str_is((struct str){ part.p + 1, part.n - 1 }, examples[i].name)) id = inside ? examples[i].in : examples[i].out;
            putf(&b, "%lld", (long long)id);
        } else if (part.n && part.p[0] == '@') {
            put_raw(&b, str_is(part, "@ledger") ? STR("session") : str_is(part, "@tab") ? STR("learning") : STR("A"));
        } else {
            put_raw(&b, part);
        }
        if (rest.n) LIT(&b, "/");
    }
    put(&b, "", 1);
    return b.p[0] ? b.p : "/";
}

static const char *
met(const struct route *r, const char *login, bool inside)
{
    const char *path = address(r, inside);
    struct kit_reply reply = r->method == METHOD_GET ? kit_get(k, login, path) : kit_post(k, login, path, "");
    if (reply.status == HTTP_FORBIDDEN) return "no";
    if (reply.status == HTTP_NOT_FOUND) return "–";
    if (reply.status == HTTP_UNAUTHORIZED || (login == NULL && str_starts(reply.location, STR("/login")))) return "in";
    return reply.status < 500 ? "yes" : "error";
}

static struct str
matrix(void)
{
    const struct route *const *routes;
    size_t n = gate_routes(&routes);
    struct buf b = { .arena = &k->arena };
    LIT(&b, "# What each role meets at each address, inside / outside its scope.  Reviewed; see src/auth/roles_test.c.\n");
    for (size_t i = 0; i < n; i++) {
        const struct route *r = routes[i];
        bool ids = strchr(r->path, ':') != NULL;
        putf(&b, "%s %s\n   ", r->method == METHOD_GET ? "GET " : "POST", r->path);
        for (size_t u = 0; u < COUNT(logins); u++) {
            putf(&b, " %s=%s", logins[u] ? logins[u] : "nobody", met(r, logins[u], true));
            if (ids) putf(&b, "/%s", met(r, logins[u], false));
        }
        LIT(&b, "\n");
    }
    return buf_str(&b);
}

static struct str
read_file(const char *path)
{
    FILE *f = fopen(path, "rbe");
    if (f == NULL) return STR("");
    char *z = NEW(&k->arena, char, MIB(1));
    size_t n = fread(z, 1, MIB(1), f);
    fclose(f);
    return (struct str){ z, n };
}

/* The first line that differs tells more than two long files. */
static void
tell_difference(struct str now, struct str then)
{
    struct str route = NO_STR;
    while (now.n || then.n) {
        struct str a = str_cut(&now, '\n'), b = str_cut(&then, '\n');
        if (a.n && a.p[0] != ' ') route = a;
        if (str_eq(a, b)) continue;
        print_message("%.*s\n now      %.*s\n reviewed %.*s\n", FMT(route), FMT(a), FMT(b));
        return;
    }
}

static void
every_route_answers_each_role_as_reviewed(void **state)
{
    (void)state;
    struct str now = matrix();
    if (getenv("NUAN_REVIEW") != NULL) {
        FILE *f = fopen(reviewed, "wbe");
        assert_non_null(f);
        assert_int_equal(fwrite(now.p, 1, now.n, f), now.n);
        fclose(f);
    }
    struct str then = read_file(reviewed);
    if (!str_eq(now, then)) tell_difference(now, then);
    assert_true(str_eq(now, then));
}

static void
no_route_fails(void **state)
{
    (void)state;
    assert_false(str_has(matrix(), STR("=error")));
}

/* GET routes of persons' records: nobody outside meets them. */
static void
records_outside_the_scope_are_not_there(void **state)
{
    static const char *const station[] = { "worker_a", "worker_a2", "head_a", "assistant_a", "supervisor_a", "clerk_a", "grid_a", "village_a" };
    const struct route *const *routes;
    size_t n = gate_routes(&routes);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        bool record = strstr(routes[i]->path, ":case") || strstr(routes[i]->path, ":person") ||
                      strstr(routes[i]->path, ":discovery") || strstr(routes[i]->path, ":report") ||
                      strstr(routes[i]->path, ":item");
        for (size_t u = 0; record && u < COUNT(station); u++) {
            const char *what = met(routes[i], station[u], false);
            if (strcmp(what, "yes") == 0) print_message("%s %s\n", station[u], routes[i]->path);
            assert_string_not_equal(what, "yes");
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_route_fails), cmocka_unit_test(records_outside_the_scope_are_not_there),
        cmocka_unit_test(every_route_answers_each_role_as_reviewed),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
