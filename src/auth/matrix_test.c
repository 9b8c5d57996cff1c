/* The matrix of codes.md 9.3: every role signs in and asks every address of the program about records of each level: pages, search, lists,
 * exports (CSV, XLSX), prints (PDF), answers to programs (JSON).  Each record holds words that stand nowhere else; who reads a word that
 * the matrix does not give him fails the test, and so does who cannot read what it gives him. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "codes/idno.h"
#include "http/route.h"
#include "test/cases.h"
#include <unistd.h>

static const char *const logins[] = { NULL, "worker_a", "worker_a2", "head_a", "assistant_a", "supervisor_a", "clerk_a", "grid_a", "village_a",
                                      "volunteer_a", "county", "bureau", "evaluator", "client_a", "admin", "worker_b", "head_b" };

/* What stands in the records, and who may meet it anywhere; readers NULL: not looked at. */
enum { NAME, PHONE, STORY, BODY, IDNO, CHILD, SECRET, SECRET_STORY, SECRET_PLAN, SECRET_LINK, SECRET_CASE, SECRET_NO, WORDS };
static struct word { const char *text, *readers; } words[WORDS] = {
    [NAME] = { "匡某甲名", "worker_a worker_a2 head_a assistant_a supervisor_a clerk_a grid_a village_a" },
    [PHONE] = { "13800000311", NULL },          /* read below: in full only where S1 is not masked */
    [STORY] = { "困难记号二", "worker_a head_a supervisor_a" },
    [BODY] = { "身体记号三", "worker_a head_a supervisor_a" },
    [IDNO] = { NULL, "worker_a" },       /* in the form of who writes; elsewhere only for a reason, on record */
    [CHILD] = { "匡某乙名", "worker_a worker_a2 head_a assistant_a supervisor_a clerk_a grid_a village_a" },
    [SECRET] = { "匡某丙名", "worker_a" },
    [SECRET_STORY] = { "秘密记号四", "worker_a" },
    [SECRET_PLAN] = { "转出记号四", "worker_a" },
    [SECRET_LINK] = { NULL, "worker_a head_a" },                /* the head knows that there is somebody, and may name */
    [SECRET_CASE] = { NULL, "worker_a head_a" },
    [SECRET_NO] = { NULL, "worker_a head_a" },
};

static struct kit *k;
static struct opened plain, secret;
static int64_t child, household, referral, form_b, grant, meeting, secret_meeting;
static struct { int64_t id, plan, member; } circle[2];          /* a group with the plain member, one with the secret one */
static bool met[COUNT(logins)][WORDS];

/* ---- The records ---- */

static void
category(int64_t person, const char *code)
{
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/people/%lld/categories", (long long)person),
                                  at(k, "category=%s&from_on=%s&source=document", code, day_text(k, -9)));
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d", code, (int)r.status);
}

static void
edit(int64_t person, const char *params)
{
    int64_t version = kit_number(k, at(k, "SELECT version FROM person WHERE id = %lld", (long long)person));
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/people/%lld/edit", (long long)person), at(k, "version=%lld&%s", (long long)version, params));
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d", params, (int)r.status);
}

static void
make_secret(void)
{
    struct sheet s = sheet_of(k, "A");
    secret = case_made(k, "worker_a", words[SECRET].text, "1950-09-02");
    category(secret.person, "E04");
    sheet_set(&s, "presenting_problem", words[SECRET_STORY].text);
    case_submit_sheet(k, "worker_a", secret.id, "A", &s);
    kit_post(k, "worker_a", at(k, "/households/%lld/members", (long long)household), at(k, "person=%lld&relation=20", (long long)secret.person));
    const char *sent = at(k, "case_=%lld&target=station&to_unit=%lld&to_named=%lld&reason=specialised&services=1.1"
                             "&service_class=specialised&urgency=4&summary=%s",
                          (long long)secret.id, (long long)k->station_b.v, (long long)kit_user(k, "worker_b").v,
                          kit_enc(k, words[SECRET_PLAN].text).p);
    struct kit_reply r = kit_post(k, "worker_a", "/referrals/new", sent);
    if (r.status != HTTP_SEE_OTHER) fail_msg("referral: %d %.2000s", (int)r.status, str_z(&k->arena, r.body));
    referral = kit_id_in(r.location, "/referrals/");
    words[SECRET_LINK].text = at(k, "/people/%lld", (long long)secret.person);
    words[SECRET_CASE].text = at(k, "/cases/%lld", (long long)secret.id);
    words[SECRET_NO].text = at(k, "CJ-%lld-%04lld", (long long)date_ymd(today()).y,
                               (long long)kit_number(k, at(k, "SELECT CAST(substr(no, 9) AS INTEGER) FROM casefile WHERE id = %lld", (long long)secret.id)));
}

/* What stands beside a case: money and goods, scales, a line of the household's plan, a conference.  Ends with the conference's id. */
static int64_t
make_life(struct opened o, const char *story, const char *body)
{
    const char *what = kit_enc(k, story).p, *deep = kit_enc(k, body).p;
    struct kit_reply all[] = {
        kit_post(k, "worker_a", at(k, "/people/%lld/aid", (long long)o.person),
                 at(k, "kind=cash&money=5&purpose=living&source=society&receiver=x&what=%s&on=%s", what, day_text(k, 0))),
        kit_post(k, "worker_a", at(k, "/cases/%lld/scales", (long long)o.id), at(k, "scale=%s&better=none&stage=pre&score=5&on=%s", deep, day_text(k, 0))),
        kit_post(k, "worker_a", at(k, "/households/%lld/plan/lines", (long long)household),
                 at(k, "member=%lld&goal=%s&action=x&who=x", (long long)o.person, what)),
        kit_post(k, "worker_a", at(k, "/cases/%lld/team", (long long)o.id), at(k, "person=x&profession=doctor&org=x&task=%s&parts=basic", what)),
        kit_post(k, "worker_a", at(k, "/cases/%lld/conferences/new", (long long)o.id), at(k, "topic=%s&on=%s&parts=condition", what, day_text(k, 0))),
    };
    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].status != HTTP_SEE_OTHER) fail_msg("life %zu: %d %.900s", i, (int)all[i].status, str_z(&k->arena, all[i].body));
    int64_t id = kit_id_in(all[COUNT(all) - 1].location, "/conferences/");
    kit_post(k, "worker_a", at(k, "/conferences/%lld/people", (long long)id), at(k, "person=x&profession=doctor&org=x"));
    kit_post(k, "worker_a", at(k, "/conferences/%lld/consent", (long long)id), "consent_how=legal&legal_basis=x");
    struct kit_reply r = kit_post(k, "worker_a", at(k, "/conferences/%lld/hold", (long long)id), at(k, "shared=condition&minutes=%s", deep));
    if (r.status != HTTP_SEE_OTHER) fail_msg("meeting: %d %.900s", (int)r.status, str_z(&k->arena, r.body));
    return id;
}

/* A group whose member is one of the two; what stands about him there is as much his as his case. */
static void
make_group(int which, int64_t person, const char *name, const char *story)
{
    struct kit_reply r = kit_post(k, "worker_a", "/groups/new", at(k, "name=%s", kit_enc(k, name).p));
    circle[which].id = kit_id_in(r.location, "/groups/");
    circle[which].plan = kit_id_in(r.location, at(k, "/groups/%lld/forms/", (long long)circle[which].id));
    const char *of = at(k, "/groups/%lld/members", (long long)circle[which].id);
    r = kit_post(k, "worker_a", of, at(k, "person=%lld&on=%s", (long long)person, day_text(k, 0)));
    if (r.status != HTTP_SEE_OTHER) fail_msg("group: %d %.900s", (int)r.status, str_z(&k->arena, r.body));
    circle[which].member = kit_number(k, "SELECT max(id) FROM group_member");
    const char *one = at(k, "%s/%lld", of, (long long)circle[which].member), *what = kit_enc(k, story).p;
    kit_post(k, "worker_a", at(k, "%s/screen", one), at(k, "way=phone&state=accepted&reason=%s", what));
    kit_post(k, "worker_a", one, at(k, "goal=%s", what));
    kit_post(k, "worker_a", at(k, "/groups/%lld/forms/%lld", (long long)circle[which].id, (long long)circle[which].plan),
             at(k, "version=1&do=draft&group_name=x&background=%s", what));
}

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    struct sheet a = sheet_of(k, "A"), b = sheet_of(k, "B");
    const char digits[] = "35049918800901101";
    words[IDNO].text = at(k, "%s%c", digits, idno_check(digits));
    plain = case_made(k, "worker_a", words[NAME].text, "1880-09-01");
    sheet_set(&a, "presenting_problem", words[STORY].text);
    case_submit_sheet(k, "worker_a", plain.id, "A", &a);
    case_to(k, "worker_a", plain.id, "assessment");
    sheet_set(&b, "physical", words[BODY].text);
    form_b = case_submit_sheet(k, "worker_a", plain.id, "B", &b);
    edit(plain.person, at(k, "name=%s&sex=1&born=1880-09-01&phone=%s&id_type=111&idno=%s", kit_enc(k, words[NAME].text).p, words[PHONE].text,
                          words[IDNO].text));
    category(plain.person, "A01");
    category(plain.person, "D01");
    case_step(k, "worker_a", plain.id, "supervisor", at(k, "supervisor=%lld", (long long)kit_user(k, "supervisor_a").v));
    child = case_person_made(k, "worker_a", words[CHILD].text, day_text(k, -3000));
    category(child, "C04");
    household = kit_id_in(kit_post(k, "worker_a", "/households/new", at(k, "no=H-77&head=%lld", (long long)plain.person)).location, "/households/");
    make_secret();
    meeting = make_life(plain, words[STORY].text, words[BODY].text);
    secret_meeting = make_life(secret, words[SECRET_STORY].text, words[SECRET_STORY].text);
    make_group(0, plain.person, "x", words[STORY].text);
    make_group(1, secret.person, words[SECRET_PLAN].text, words[SECRET_STORY].text);
    kit_post(k, "worker_a2", at(k, "/people/%lld/open", (long long)plain.person), at(k, "way=asked&reason=%s", kit_enc(k, "接手前需要了解").p));
    grant = kit_number(k, "SELECT max(id) FROM access_grant");
    k->dry = true;
    return 0;
}

static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

/* ---- Asking ---- */

static struct str
output_of(const char *command)
{
    FILE *p = popen(command, "r");
    assert_non_null(p);
    char *text = NEW(&k->arena, char, MIB(1));
    size_t n = fread(text, 1, MIB(1) - 1, p);
    pclose(p);
    return (struct str){ text, n };
}

/* What somebody can read of an answer, also in a paper or a spreadsheet. */
static struct str
words_of(struct kit_reply r)
{
    bool sheet = r.type.p && str_has(r.type, STR("spreadsheet")), pdf = r.type.p && str_has(r.type, STR("pdf"));
    if (r.file.n && sheet) return output_of(at(k, "unzip -p %s", str_z(&k->arena, r.file)));
    if (r.file.n && pdf) return output_of(at(k, "pdftotext -raw %s -", str_z(&k->arena, r.file)));
    if (r.file.n) return output_of(at(k, "cat %s", str_z(&k->arena, r.file)));
    if (pdf) return str_of(kit_told(k, r.body, "pdftotext -raw %s -"));
    return r.body;
}

static bool
may_read(size_t word, const char *login)
{
    if (login == NULL || words[word].readers == NULL) return false;
    struct str rest = str_of(words[word].readers);
    while (rest.n)
        if (str_is(str_cut(&rest, ' '), login)) return true;
    return false;
}

static int leaks, asked;

static void
look_at(size_t u, const char *address, struct kit_reply r, int typed)
{
    asked++;
    if (r.status != HTTP_OK) return;
    struct str text = words_of(r);
    for (size_t w = 0; w < WORDS; w++) {
        if ((int)w == typed || words[w].text == NULL || !str_has(text, str_of(words[w].text))) continue;
        met[u][w] = true;
        if (may_read(w, logins[u]) || words[w].readers == NULL) continue;
        print_message("%s reads \"%s\" at %s\n", logins[u] ? logins[u] : "nobody", words[w].text, address);
        leaks++;
    }
}

/* typed: what the address itself holds and the page may say again; -1: nothing. */
static void
ask(size_t u, const char *address, int typed)
{
    const char *lookup = strstr(address, "/people/lookup?");
    look_at(u, address, lookup ? kit_post(k, logins[u], "/people/lookup", strchr(lookup, '?') + 1) : kit_get(k, logins[u], address), typed);
    static const char *const given[] = { "/export", "/pdf", "/file", "/xlsx" };
    for (size_t i = 0; i < COUNT(given); i++)
        if (strstr(address, given[i])) look_at(u, address, kit_given(k, logins[u], address), typed);
}

static int64_t
number_of(struct str name, bool s4)
{
    const struct { const char *name; int64_t plain, secret; } ids[] = {
        { "person", plain.person, secret.person }, { "case", plain.id, secret.id },
        { "form", form_b, secret.form_a }, { "other", plain.form_a, secret.form_a },
        { "household", household, household }, { "home", household, household }, { "referral", referral, referral }, { "double", child, plain.person },
        { "grant", grant, grant }, { "conference", meeting, secret_meeting }, { "unit", k->station_a.v, k->station_b.v },
        { "group", circle[0].id, circle[1].id }, { "sheet", circle[0].plan, circle[1].plan }, { "participant", circle[0].member, circle[1].member },
    };
    for (size_t i = 0; i < COUNT(ids); i++)
        if (str_is(name, ids[i].name)) return s4 ? ids[i].secret : ids[i].plain;
    return 7;                           /* of what this test has none: nothing has that number */
}

static const char *
address_of(const char *path, bool s4)
{
    struct buf b = { .arena = &k->arena };
    struct str rest = str_of(path);
    while (rest.n) {
        struct str part = str_cut(&rest, '/');
        if (part.n && part.p[0] == ':') putf(&b, "%lld", (long long)number_of((struct str){ part.p + 1, part.n - 1 }, s4));
        else if (part.n && part.p[0] == '@') LIT(&b, "categories");
        else put_raw(&b, part);
        if (rest.n) LIT(&b, "/");
    }
    return b.n ? str_z(&k->arena, buf_str(&b)) : "/";
}

/* Every address that can be read, with each record. */
static void
ask_everything(size_t u)
{
    const struct route *const *routes;
    size_t n = gate_routes(&routes);
    for (size_t i = 0; i < n; i++) {
        if (routes[i]->method != METHOD_GET) continue;
        ask(u, address_of(routes[i]->path, false), -1);
        if (strchr(routes[i]->path, ':')) ask(u, address_of(routes[i]->path, true), -1);
    }
}

/* What is looked for, filtered and exported. */
static void
ask_lists(size_t u)
{
    static const char *const lists[] = { "/people", "/people/export", "/households", "/households/export", "/cases", "/cases/export", "/referrals",
                                         "/disclosures", "/discoveries", "/reports", "/access", "/merges", "/people/doubles", "/search", "/people/lookup",
                                         "/aid", "/aid/export", "/aid/figures", "/groups", "/groups/figures" };
    static const char *const filters[] = { "view=all", "view=open", "view=mine", "view=done", "view=late", "view=review", "view=dormant", "category=E04",
                                           "age=minor", "age=old", "sort=newest", "format=csv", "sort=due", "lang=en" };
    for (size_t l = 0; l < COUNT(lists); l++) {
        for (size_t f = 0; f < COUNT(filters); f++) ask(u, at(k, "%s?%s", lists[l], filters[f]), -1);
        for (size_t w = 0; w < WORDS; w++)
            if (words[w].text != NULL && words[w].text[0] != '/')
                ask(u, at(k, "%s?view=all&q=%s", lists[l], kit_enc(k, words[w].text).p), (int)w);
        ask(u, at(k, "%s?q=kmbm", lists[l]), -1);
        ask(u, at(k, "%s?q=%s", lists[l], kit_enc(k, "匡某").p), -1);
    }
    ask(u, at(k, "/cases/print?id=%lld&id=%lld", (long long)plain.id, (long long)secret.id), -1);
    ask(u, at(k, "/cases/reassign?id=%lld&id=%lld", (long long)plain.id, (long long)secret.id), -1);
}

/* covers: GZ-28, MZT-39, MZT-41 */
static void
nobody_reads_what_the_matrix_does_not_give_him(void **state)
{
    (void)state;
    for (size_t u = 0; u < COUNT(logins); u++)
        for (int json = 0; json < 2; json++) {
            k->json = json != 0;                        /* as a page, and as a program is answered */
            ask_everything(u);
            ask_lists(u);
        }
    k->json = false;
    print_message("# %d addresses asked\n", asked);
    assert_true(asked > 5000);
    assert_int_equal(leaks, 0);
}

static void
everybody_reads_what_it_gives_him(void **state)
{
    (void)state;
    for (size_t u = 0; u < COUNT(logins); u++)
        for (size_t w = 0; w < WORDS; w++)
            if (may_read(w, logins[u]) && !met[u][w]) fail_msg("%s never reads \"%s\"", logins[u], words[w].text);
}

/* A filter gives away what the row hides. */
static void
a_filter_finds_only_whose_category_one_may_read(void **state)
{
    static const struct { const char *category, *readers; size_t word; } cases[] = {
        { "D01", "worker_a head_a supervisor_a", NAME }, { "A01", "worker_a head_a supervisor_a", NAME }, { "C04", "worker_a worker_a2 head_a", CHILD },
    };
    static const char *const lists[] = { "/people", "/people/export" };
    (void)state;
    for (size_t c = 0; c < COUNT(cases); c++)
        for (size_t u = 0; u < COUNT(logins); u++)
            for (size_t l = 0; l < COUNT(lists) && logins[u] != NULL; l++) {
                const char *address = at(k, "%s?category=%s", lists[l], cases[c].category);
                struct kit_reply r = l == 1 ? kit_given(k, logins[u], address) : kit_get(k, logins[u], address);
                bool found = r.status == HTTP_OK && str_has(words_of(r), str_of(words[cases[c].word].text));
                bool reads = str_has(str_fmt(&k->arena, " %s ", cases[c].readers), str_fmt(&k->arena, " %s ", logins[u]));
                if (found != reads) fail_msg("%s %s?category=%s: %s", logins[u], lists[l], cases[c].category, found ? "found" : "not found");
            }
}

/* The purchaser's figures count him, and never name his category's number (codes.md 9.3). */
static void
figures_count_him_without_telling(void **state)
{
    static const char *const readers[] = { "county", "bureau", "evaluator", "head_a", "worker_a2" };
    (void)state;
    assert_int_equal(kit_number(k, at(k, "SELECT n FROM tally WHERE measure = 'case.opened' AND unit_id = %lld", (long long)k->station_a.v)), 2);
    for (size_t i = 0; i < COUNT(readers); i++) {
        assert_true(kit_has(kit_get(k, readers[i], "/figures/csv/months"), ",2,"));
        struct str sheets[] = { words_of(kit_get(k, readers[i], "/figures/csv/categories")), words_of(kit_get(k, readers[i], "/figures/xlsx/categories")),
                                words_of(kit_get(k, readers[i], "/figures")) };
        for (size_t s = 0; s < COUNT(sheets); s++) {
            if (sheets[s].n == 0) fail_msg("%s has no figures", readers[i]);
            const char *p = strstr(str_z(&k->arena, sheets[s]), "社区戒毒人员");
            if (p == NULL) continue;
            const char *small = strstr(p, "&lt;5"), *plain_small = strstr(p, "<5");
            if (small == NULL && plain_small == NULL) fail_msg("%s reads an exact number: %.200s", readers[i], p);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_reads_what_the_matrix_does_not_give_him),
        cmocka_unit_test(everybody_reads_what_it_gives_him),
        cmocka_unit_test(a_filter_finds_only_whose_category_one_may_read),
        cmocka_unit_test(figures_count_him_without_telling),
    };
    return cmocka_run_group_tests_name("the matrix", tests, open_kit, close_kit);
}
