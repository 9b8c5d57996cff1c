/* Papers of a case, read back with another program: their text, pages and fonts, who gets them and who does not. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "casework/pdf.h"
#include "test/cases.h"
#include <unistd.h>

static struct kit *k;
static struct opened c;

struct paper { const char *text, *info, *fonts; int pages; };

static struct paper
read_pdf(struct str bytes)
{
    struct paper p;
    p.text = kit_told(k, bytes, "pdftotext -raw %s -");
    p.info = kit_told(k, bytes, "pdfinfo %s");
    p.fonts = kit_told(k, bytes, "pdffonts %s");
    const char *pages = strstr(p.info, "Pages:");
    p.pages = pages ? (int)strtol(pages + 6, NULL, 10) : 0;
    return p;
}

static struct paper
paper_of(const char *login, const char *path)
{
    struct kit_reply r = strstr(path, "/summary") || strstr(path, "/sample") ? kit_get(k, login, path) : kit_given(k, login, path);
    if (r.status != HTTP_OK || !str_is(r.type, "application/pdf")) fail_msg("%s: %d %.*s", path, (int)r.status, FMT(r.body));
    return read_pdf(r.body);
}

static void
assert_text(struct paper p, const char *text)
{
    if (strstr(p.text, text) == NULL) fail_msg("\"%s\" is not on the paper:\n%s", text, p.text);
}

static int
open_kit(void **state)
{
    (void)state;
    k = kit_open();
    c = case_made(k, "worker_a", "买买提·阿卜杜热合曼·吐尔逊", "1950-03-04");
    case_to(k, "worker_a", c.id, "intervention");
    return 0;
}

static int
close_kit(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

static void
a_form_is_printed_as_it_was_filled_in(void **state)
{
    (void)state;
    const char *path = at(k, "/cases/%lld/forms/%lld/pdf", (long long)c.id, (long long)c.form_a);
    struct kit_reply r = kit_given(k, "worker_a", path);
    struct paper p = paper_of("worker_a", path);
    assert_text(p, "个案工作接案记录表");
    assert_text(p, "☑");                                /* what was chosen, and what could have been */
    assert_text(p, "☐");
    assert_text(p, "（盖章处）");
    assert_text(p, at(k, "第 %d 页 共 %d 页", p.pages, p.pages));
    assert_true(p.pages >= 2);
    assert_non_null(strstr(p.info, "A4"));
    assert_true(str_starts(r.download, STR("A-")) && str_ends(r.download, STR(".pdf")));
    assert_false(str_has(r.download, STR("买买提")));
}

static void
fonts_are_embedded_as_subsets(void **state)
{
    (void)state;
    struct paper p = paper_of("worker_a", at(k, "/cases/%lld/summary", (long long)c.id));
    int fonts = 0;
    struct str rest = str_of(p.fonts);
    assert_non_null(strstr(p.fonts, "NotoSansCJKsc"));
    for (int line = 0; rest.n; line++) {
        struct str one = str_cut(&rest, '\n');
        if (line < 2 || one.n == 0) continue;
        if (!str_has(one, STR(" yes yes yes "))) fail_msg("not embedded: %.*s", FMT(one));
        fonts++;
    }
    assert_true(fonts >= 2);
}

static void
the_whole_file_has_cover_contents_and_what_happened(void **state)
{
    (void)state;
    struct paper p = paper_of("worker_a", at(k, "/cases/%lld/file", (long long)c.id));
    assert_text(p, "个案工作案卷");
    assert_text(p, "买买提·阿卜杜热合曼·吐尔逊");
    assert_text(p, "目录");
    assert_text(p, "个案工作预估表");
    assert_text(p, "个案工作计划表");
    assert_text(p, "个案办理过程");
    assert_text(p, "10 年");
    assert_text(p, at(k, "共 %d 页", p.pages - 2));      /* cover and contents are not counted */
    const char *contents = strstr(p.text, "目录"), *course = strstr(contents, "个案办理过程");
    assert_int_equal((int)strtol(course + strlen("个案办理过程"), NULL, 10), p.pages - 2);
}

static void
what_the_client_takes_along_holds_no_notes(void **state)
{
    (void)state;
    struct paper p = paper_of("worker_a", at(k, "/cases/%lld/summary", (long long)c.id));
    assert_text(p, "我的服务记录摘要");
    assert_text(p, "约定的服务目标");
    assert_text(p, "您的权利");
    assert_null(strstr(p.text, "风险"));
    assert_null(strstr(p.text, "家庭成员"));
    assert_true(p.pages <= 2);
    struct paper en = paper_of("worker_a", at(k, "/cases/%lld/summary?lang=en", (long long)c.id));
    assert_text(en, "Summary of the services I received");
    assert_text(en, at(k, "Page 1 of %d", en.pages));
}

static void
who_may_not_read_the_case_gets_no_paper(void **state)
{
    (void)state;
    const char *paths[] = { at(k, "/cases/%lld/file", (long long)c.id), at(k, "/cases/%lld/summary", (long long)c.id),
                            at(k, "/cases/%lld/forms/%lld/pdf", (long long)c.id, (long long)c.form_a) };
    int64_t before = kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND changes LIKE '%pdf%'");
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct kit_reply (*fetch)(struct kit *, const char *, const char *) = i == 1 ? kit_get : kit_given;
        assert_int_equal(fetch(k, "worker_b", paths[i]).status, HTTP_NOT_FOUND);
        assert_int_equal(fetch(k, "worker_a2", paths[i]).status, HTTP_NOT_FOUND);       /* a colleague: not without approval */
        assert_int_equal(fetch(k, "county", paths[i]).status, HTTP_FORBIDDEN);
    }
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND changes LIKE '%pdf%'"), before);
    kit_given(k, "worker_a", paths[0]);
    assert_int_equal(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'read' AND changes LIKE '%pdf%'"), before + 1);
    struct opened other = case_made(k, "worker_a", "另一人", "1960-01-01");
    assert_int_equal(kit_given(k, "worker_a", at(k, "/cases/%lld/forms/%lld/pdf", (long long)other.id, (long long)c.form_a)).status, HTTP_NOT_FOUND);
}

/* A unit's own heading stands on its papers, and on those of the units below; the seal goes where it says. */
static void
a_unit_has_its_own_heading(void **state)
{
    (void)state;
    const char *summary = at(k, "/cases/%lld/summary", (long long)c.id), *east = at(k, "/network/%lld/paper", (long long)k->east.v);
    assert_int_equal(kit_post(k, "worker_a", east, "heading=x&seal=right").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_post(k, "head_a", east, "heading=x&seal=right").status, HTTP_NOT_FOUND);         /* above his station */
    assert_int_equal(kit_post(k, "county", east, "heading=x&seal=nowhere").status, HTTP_INVALID);
    assert_int_equal(kit_post(k, "county", east, at(k, "heading=%.*s&seal=none", FMT(kit_enc(k, "东片区社会工作服务网")))).status, HTTP_SEE_OTHER);
    struct paper p = paper_of("worker_a", summary);
    assert_text(p, "东片区社会工作服务网");
    assert_null(strstr(p.text, "（盖章处）"));
    const char *own = at(k, "/network/%lld/paper", (long long)k->station_a.v);
    assert_int_equal(kit_post(k, "head_a", own, at(k, "heading=%.*s&seal=left", FMT(kit_enc(k, "甲站专用抬头")))).status, HTTP_SEE_OTHER);
    p = paper_of("worker_a", summary);
    assert_text(p, "甲站专用抬头");
    assert_null(strstr(p.text, "东片区社会工作服务网"));
    assert_text(p, "（盖章处）");
    assert_text(paper_of("head_a", at(k, "/network/%lld/paper/sample", (long long)k->station_a.v)), "甲站专用抬头");
    assert_int_equal(kit_post(k, "head_a", at(k, "%s/drop", own), "").status, HTTP_SEE_OTHER);
    assert_text(paper_of("worker_a", summary), "东片区社会工作服务网");
}

/* A long text goes on on the next page, none of it is lost. */
static void
a_long_text_breaks_across_pages(void **state)
{
    (void)state;
    struct buf text = { .arena = &k->arena }, pdf = { .arena = &k->arena };
    for (int i = 1; i <= 400; i++) put_raw(&text, str_fmt(&k->arena, "第%d句：家庭关系紧张，需要持续关注。\n", i));
    struct press *p = press_open(&k->arena, LANG_ZH, STR("长文"), STR("某人"));
    press_begin(p, &(struct press_sheet){ .heading = STR("某站"), .title = STR("长文"), .mark = STR("表 E"), .number = STR("1-2026-0001") });
    print_pair(p, "过程记录", buf_str(&text));
    print_pair(p, "之后", STR("最后一行"));
    assert_true(press_write(p, &pdf));
    struct paper got = read_pdf(buf_str(&pdf));
    assert_true(got.pages >= 4);
    for (int i = 1; i <= 400; i++) {
        int found = 0;
        const char *want = at(k, "第%d句", i);
        for (const char *s = got.text; (s = strstr(s, want)) != NULL; s++) found++;
        if (found != 1) fail_msg("%s stands there %d times", want, found);
    }
    assert_text(got, "最后一行");
    assert_text(got, "第 4 页");
}

/* Dark dots of a page with one signature, in the upper third and in the rest above the foot. */
static void
dots(const char *sign, int *top, int *rest)
{
    struct buf pdf = { .arena = &k->arena };
    struct press *p = press_open(&k->arena, LANG_ZH, STR("签名"), STR(""));
    press_begin(p, &(struct press_sheet){ .heading = STR("某站"), .title = STR("签名"), .mark = STR("表") });
    print_sign(p, "签名", str_of(sign));
    assert_true(press_write(p, &pdf));
    const char *png = kit_told(k, buf_str(&pdf), "pdftoppm -gray -r 72 -f 1 -l 1 %s | tail -c +16 | od -An -v -tu1 -w596 | head -n 760");
    int row = 0;
    *top = *rest = 0;
    for (struct str lines = str_of(png); lines.n; row++) {
        struct str line = str_cut(&lines, '\n'), number;
        int64_t v;
        while (line.n)
            if ((number = str_cut(&line, ' ')).n && str_int(number, &v) && v < 128) *(row < 280 ? top : rest) += 1;
    }
    assert_true(row > 700);
}

/* Several points may follow one letter, and nobody draws over the rest of the page. */
static void
a_signature_stays_in_its_box(void **state)
{
    (void)state;
    int top, rest, empty_top, empty_rest;
    dots("", &empty_top, &empty_rest);
    dots("M10 10L590 190 10 190 590 10M20 20L30 30", &top, &rest);
    assert_true(top > empty_top + 100);
    assert_int_equal(rest, empty_rest);
    dots("M10 10L20 9999 9999 9999", &top, &rest);
    assert_int_equal(rest, empty_rest);
}

static long
resident_kb(void)
{
    long pages = 0, size;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL || fscanf(f, "%ld %ld", &size, &pages) != 2) fail();
    fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void
print_once(void)
{
    struct arena a = { 0 };
    struct buf pdf = { .arena = &a };
    struct press *p = press_open(&a, LANG_ZH, STR("一页"), STR("某人"));
    press_begin(p, &(struct press_sheet){ .heading = STR("某站"), .title = STR("接案记录"), .mark = STR("表 A"), .number = STR("1-2026-0001") });
    for (int i = 0; i < 60; i++) print_pairs(p, "姓名", STR("欧阳秋菊"), "签名", STR("☑ 是"));
    print_sign(p, "签名", str_of(case_sign));
    assert_true(press_write(p, &pdf));
    arena_clear(&a);
}

static void
many_papers_need_no_more_memory(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) print_once();
    long before = resident_kb();
    for (int i = 0; i < 150; i++) print_once();
    long grown = resident_kb() - before;
    if (grown > 8 * 1024) fail_msg("150 papers took %ld KB", grown);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_is_printed_as_it_was_filled_in),
        cmocka_unit_test(fonts_are_embedded_as_subsets),
        cmocka_unit_test(the_whole_file_has_cover_contents_and_what_happened),
        cmocka_unit_test(what_the_client_takes_along_holds_no_notes),
        cmocka_unit_test(who_may_not_read_the_case_gets_no_paper),
        cmocka_unit_test(a_unit_has_its_own_heading),
        cmocka_unit_test(a_long_text_breaks_across_pages),
        cmocka_unit_test(a_signature_stays_in_its_box),
        cmocka_unit_test(many_papers_need_no_more_memory),
    };
    return cmocka_run_group_tests(tests, open_kit, close_kit);
}
