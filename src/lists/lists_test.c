/* Lists: drafts, versions that stay as they were, what answers a need, and what each place's lists must show. */
#include "lists/lists.h"
#include "rules/profile_check.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static struct kit *k;

static const char *
f(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = str_vfmt(&k->arena, fmt, ap);
    va_end(ap);
    return str_z(&k->arena, s);
}

static const char *
zh(const char *text)
{
    return str_z(&k->arena, kit_enc(k, text));
}

static const char *
day(int days)
{
    char z[16];
    struct str s = { z, date_print(date_add(today(), days), z) };
    return str_z(&k->arena, s);
}

static int64_t
posted(const char *login, const char *path, const char *params, const char *prefix)
{
    struct kit_reply r = kit_post(k, login, path, params);
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s %s: %d\n%.3000s", path, params, (int)r.status, str_z(&k->arena, r.body));
    return prefix == NULL ? 0 : kit_id_in(r.location, prefix);
}

/* The place that station a is; its lists are those of the profile. */
static void
station_a_is_in(const char *profile)
{
    kit_begin(k);
    assert_true(profile_load(k->db, str_of(profile)));
    db_exec(k->db, f("UPDATE unit SET profile = '%s', level = '%s' WHERE id = %lld", profile, strcmp(profile, "tanhualin") ? "station" : "point",
              (long long)k->station_a.v));
    kit_commit(k);
}

static int64_t
begun(const char *kind)
{
    return posted("worker_a", "/lists/new", f("unit=%lld&kind=%s&title=%s&from=%s&to=%s", (long long)k->station_a.v, kind, zh("一份清单"), day(-30), day(300)),
                  "/lists/");
}

static int64_t
line(int64_t list, const char *text, const char *rest)
{
    posted("worker_a", f("/lists/%lld/lines/new", (long long)list), f("version=0&text=%s&%s", zh(text), rest), NULL);
    return kit_number(k, f("SELECT max(line_id) FROM list_line WHERE list_id = %lld", (long long)list));
}

static enum http
refused(int64_t list, const char *params)
{
    return kit_post(k, "worker_a", f("/lists/%lld/lines/new", (long long)list), params).status;
}

static void
publish(int64_t list)
{
    posted("head_a", f("/lists/%lld/publish", (long long)list), f("on=%s", day(0)), NULL);
}

static const char *
page(const char *login, const char *path)
{
    struct kit_reply r = kit_get(k, login, path);
    if (r.status != HTTP_OK) fail_msg("%s: %d", path, (int)r.status);
    return str_z(&k->arena, r.body);
}

static bool
shows(const char *path, const char *text)
{
    return strstr(page("worker_a", path), text) != NULL;
}

#define NEED "topic=living&source=visit&priority=high"

static void
a_version_stays_as_it_was_published(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t one = begun("needs"), meals = line(one, "老人要有热饭<吃>", NEED), walk = line(one, "路灯不亮", NEED);
    assert_false(shows("/lists/lines?kind=needs", "路灯不亮"));                    /* a draft is not found */
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/publish", (long long)one), f("on=%s", day(0))).status, HTTP_FORBIDDEN);
    publish(one);
    assert_true(shows("/lists/lines?kind=needs", "路灯不亮"));
    assert_true(shows(f("/lists/%lld", (long long)one), "老人要有热饭&lt;吃&gt;"));
    /* What was published does not change. */
    assert_int_equal(refused(one, f("version=0&text=%s&%s", zh("再加一条"), NEED)), HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/lines/%lld/edit", (long long)one, (long long)meals), f("version=1&text=x&%s", NEED)).status,
                     HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/lines/%lld/void", (long long)one, (long long)meals), "").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/edit", (long long)one), f("version=2&title=x&from=%s", day(0))).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_a", f("/lists/%lld/void", (long long)one), "").status, HTTP_NOT_FOUND);

    int64_t two = posted("worker_a", f("/lists/%lld/revise", (long long)one), "", "/lists/");
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/revise", (long long)one), "").status, HTTP_CONFLICT);       /* one draft at a time */
    posted("worker_a", f("/lists/%lld/lines/%lld/edit", (long long)two, (long long)meals), f("version=1&text=%s&%s", zh("老人要有热汤"), NEED), NULL);
    posted("worker_a", f("/lists/%lld/lines/%lld/void", (long long)two, (long long)walk), "", NULL);
    line(two, "缺少活动场地", NEED);
    /* How far a line is goes on in the version in force and in the draft. */
    posted("worker_a", f("/lists/%lld/lines/%lld/progress", (long long)one, (long long)meals), "state=answered", NULL);
    assert_int_equal(kit_number(k, f("SELECT count(*) FROM list_line WHERE line_id = %lld AND state = 'answered'", (long long)meals)), 2);
    publish(two);
    posted("worker_a", f("/lists/%lld/lines/%lld/progress", (long long)two, (long long)meals), "state=open", NULL);
    const char *old = page("worker_a", f("/lists/%lld", (long long)one));
    assert_non_null(strstr(old, "老人要有热饭"));
    assert_non_null(strstr(old, "路灯不亮"));
    assert_non_null(strstr(old, "旧版本"));
    assert_null(strstr(old, "缺少活动场地"));
    assert_int_equal(kit_number(k, f("SELECT count(*) FROM list_line WHERE line_id = %lld AND list_id = %lld AND state = 'answered'", (long long)meals,
                                     (long long)one)), 1);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/lines/%lld/progress", (long long)one, (long long)meals), "state=open").status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/revise", (long long)one), "").status, HTTP_CONFLICT);
    const char *both = page("worker_a", f("/lists/%lld/compare", (long long)two));
    assert_non_null(strstr(both, "<mark>老人要有热汤</mark>"));
    assert_non_null(strstr(both, "<mark>老人要有热饭&lt;吃&gt;</mark>"));
    assert_non_null(strstr(both, "缺少活动场地"));
    assert_non_null(strstr(both, "路灯不亮"));
    assert_int_equal(kit_get(k, "worker_a", f("/lists/%lld/compare", (long long)one)).status, HTTP_NOT_FOUND);          /* nothing before it */
    assert_false(shows("/lists/lines?kind=needs", "路灯不亮"));
}

/* A need becomes a project in one action, and says so with a link. */
static void
a_need_becomes_a_project(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t needs = begun("needs"), need = line(needs, "独居老人怕夜里摔倒", NEED);
    publish(needs);
    const char *to = f("/lists/%lld/lines/%lld/project", (long long)needs, (long long)need);
    assert_int_equal(kit_post(k, "worker_a", to, f("into=new&text=%s", zh("夜间守护"))).status, HTTP_INVALID);            /* which kind? */
    assert_int_equal(kit_post(k, "worker_a", to, f("into=7&kind=other&text=%s", zh("夜间守护"))).status, HTTP_INVALID);
    struct kit_reply r = kit_post(k, "worker_a", to, f("into=new&kind=other&text=%s", zh("夜间守护")));
    assert_int_equal(r.status, HTTP_SEE_OTHER);
    const char *list = page("worker_a", f("/lists/%lld", (long long)needs));
    assert_non_null(strstr(list, "已立项"));
    assert_non_null(strstr(list, f("href=\"%s\"", str_z(&k->arena, r.location))));
    assert_true(shows(str_z(&k->arena, r.location), "独居老人怕夜里摔倒"));
    assert_int_equal(kit_number(k, "SELECT count(*) FROM list WHERE kind = 'projects' AND state = 'draft'"), 1);
    int64_t second = posted("worker_a", f("/lists/%lld/revise", (long long)needs), "", "/lists/");
    assert_true(shows(f("/lists/%lld", (long long)second), "夜间守护"));              /* the link holds for the next version */
    posted("worker_a", f("/lists/%lld/lines/%lld/links/%lld/end", (long long)needs, (long long)need, (long long)kit_id_in(r.location,
           f("/lists/%lld/lines/", (long long)kit_number(k, "SELECT max(id) FROM list WHERE kind = 'projects'")))), "", NULL);
    assert_null(strstr(page("worker_a", f("/lists/%lld", (long long)needs)), "夜间守护"));
    posted("head_a", f("/lists/%lld/void", (long long)second), "", NULL);
    int64_t refuse = line(begun("needs"), "不归社工站管的事", NEED);
    int64_t in = kit_number(k, f("SELECT list_id FROM list_line WHERE line_id = %lld", (long long)refuse));
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/lines/%lld/progress", (long long)in, (long long)refuse), "state=refused").status, HTTP_INVALID);
    posted("worker_a", f("/lists/%lld/lines/%lld/progress", (long long)in, (long long)refuse), f("state=refused&reason=%s", zh("已转村委会")), NULL);
    assert_int_equal(kit_get(k, "worker_a", f("/lists/%lld/lines/%lld/project", (long long)in, (long long)refuse)).status, HTTP_NOT_FOUND);
}

/* covers: HN-13, JL-35 */
static void
resources_are_found_and_matched_with_a_reason(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t res = begun("resources"), needs = begun("needs");
    int64_t kitchen = line(res, "驻区酒店食堂", f("topic=living&sector=society&party=%s&amount=1", zh("某酒店")));
    line(res, "卫生院义诊", "topic=medical&sector=government");
    int64_t need = line(needs, "老人午饭没有着落", NEED);
    const char *at = f("/lists/%lld/lines/%lld", (long long)needs, (long long)need);
    assert_null(strstr(page("worker_a", at), "还可支持"));                           /* the list of resources is a draft */
    publish(res);
    const char *proposed = strstr(page("worker_a", at), "可以匹配的资源");
    assert_non_null(proposed);
    assert_non_null(strstr(proposed, "驻区酒店食堂"));
    assert_non_null(strstr(proposed, "本单位"));                                     /* place, kind, capacity */
    assert_non_null(strstr(proposed, "同一领域"));
    assert_non_null(strstr(proposed, "还可支持 1"));
    assert_null(strstr(proposed, "卫生院义诊"));
    posted("worker_a", f("%s/links", at), f("to=%lld", (long long)kitchen), NULL);
    assert_non_null(strstr(page("worker_a", at), "某酒店"));                          /* need → resource → who */
    int64_t other = line(needs, "孩子假期没人做饭", NEED);
    assert_null(strstr(page("worker_a", f("/lists/%lld/lines/%lld", (long long)needs, (long long)other)), "还可支持"));      /* it is used up */
    assert_int_equal(kit_post(k, "worker_a", f("%s/links", at), "to=99").status, HTTP_INVALID);
    assert_true(shows(f("/lists/lines?kind=resources&q=%s", zh("酒店")), "驻区酒店食堂"));
    assert_false(shows(f("/lists/lines?kind=resources&q=%s", zh("酒店")), "卫生院义诊"));
    assert_false(shows("/lists/lines?kind=resources&topic=medical", "驻区酒店食堂"));
}

/* covers: HN-21 */
static void
resources_by_three_classes_of_sources(void **state)
{
    (void)state;
    station_a_is_in("hunan");
    int64_t res = begun("resources");
    line(res, "政府的一间活动室", "topic=living&sector=government");
    line(res, "企业捐的书", "topic=schooling&sector=society");
    line(res, "企业捐的米", "topic=living&sector=society");
    line(res, "邻居的三轮车", "topic=living&sector=residents");
    publish(res);
    const char *table = page("worker_a", "/lists/lines?kind=resources");
    assert_non_null(strstr(table, "政府 1</option>"));
    assert_non_null(strstr(table, "社会 2</option>"));
    assert_non_null(strstr(table, "居民 1</option>"));
    assert_false(shows("/lists/lines?kind=resources&sector=residents", "企业捐的书"));
}

/* covers: JLP-07 */
static void
jiulongpo_has_three_lists_from_three_sources(void **state)
{
    (void)state;
    station_a_is_in("jiulongpo");
    int64_t needs = begun("needs");
    line(begun("problems"), "楼道堆物", "source=deliberation&priority=low");
    begun("resources");
    assert_int_equal(refused(needs, f("version=0&text=%s&topic=living&source=phone&priority=high", zh("电话来的"))), HTTP_INVALID);    /* not of this place */
    line(needs, "走访来的", "topic=living&source=visit&priority=high");
    line(needs, "提案来的", "topic=living&source=proposal&priority=high");
    line(needs, "协商来的", "topic=living&source=deliberation&priority=high");
    line(needs, "又是走访来的", "topic=living&source=visit&priority=high");
    const char *by = page("worker_a", f("/lists/%lld?source=visit", (long long)needs));
    assert_non_null(strstr(by, "又是走访来的"));
    assert_null(strstr(by, "提案来的"));
    assert_non_null(strstr(by, "入户走访</a></dt><dd>2</dd>"));
    assert_non_null(strstr(by, "定期协商</a></dt><dd>1</dd>"));
    assert_int_equal(kit_post(k, "worker_a", "/lists/new", f("unit=%lld&kind=tasks&title=x&from=%s", (long long)k->station_a.v, day(0))).status, HTTP_INVALID);
}

/* covers: OR-16 */
static void
ordos_lists_name_the_meeting_that_made_them(void **state)
{
    (void)state;
    station_a_is_in("ordos");
    int64_t needs = begun("needs");
    const char *to = f("/lists/%lld/publish", (long long)needs);
    begun("resources");
    begun("services");
    line(needs, "夜间无处锻炼", NEED);
    assert_int_equal(kit_post(k, "head_a", to, f("on=%s&parties=self", day(0))).status, HTTP_INVALID);                     /* when was the meeting? */
    assert_int_equal(kit_post(k, "head_a", to, f("on=%s&meeting_on=%s&parties=self", day(-3), day(-2))).status, HTTP_INVALID);
    posted("head_a", to, f("on=%s&meeting=%s&meeting_on=%s&called_by=%s&parties=self&parties=worker&parties=resident", day(0), zh("第二次联席会议"),
                           day(-2), zh("街道党工委")), NULL);
    const char *list = page("worker_a", f("/lists/%lld", (long long)needs));
    assert_non_null(strstr(list, "第二次联席会议"));
    assert_non_null(strstr(list, "街道党工委"));
    assert_non_null(strstr(list, "居民自治组织；社会工作者；居民代表"));
    assert_null(strstr(list, "驻区单位"));
}

/* covers: OR-08 */
static void
ordos_tasks_are_counted(void **state)
{
    (void)state;
    station_a_is_in("ordos");
    int64_t tasks = begun("tasks");
    int64_t visits = line(tasks, "走访独居老人", f("amount=40&due=%s", day(-1))), talks = line(tasks, "政策宣讲", f("amount=2&due=%s", day(20)));
    assert_int_equal(refused(tasks, f("version=0&text=x&amount=0&due=%s", day(1))), HTTP_INVALID);
    publish(tasks);
    posted("worker_a", f("/lists/%lld/lines/%lld/progress", (long long)tasks, (long long)talks), "done=2", NULL);
    posted("worker_a", f("/lists/%lld/lines/%lld/progress", (long long)tasks, (long long)visits), "done=12", NULL);
    assert_int_equal(kit_post(k, "worker_a", f("/lists/%lld/lines/%lld/progress", (long long)tasks, (long long)visits), "done=-1").status, HTTP_INVALID);
    const char *list = page("worker_a", f("/lists/%lld", (long long)tasks));
    assert_non_null(strstr(list, "1 / 2 · 50%"));
    assert_non_null(strstr(list, "12 / 40"));
    assert_non_null(strstr(list, "逾期"));
    assert_true(shows(f("/lists/%lld?state=done", (long long)tasks), "政策宣讲"));
    assert_false(shows(f("/lists/%lld?state=done", (long long)tasks), "走访独居老人"));
}

/* covers: TH-04, TH-05, JN-07, HNG-09 */
static void
places_sort_their_lists_in_their_own_kinds(void **state)
{
    (void)state;
    station_a_is_in("tanhualin");
    int64_t res = begun("resources"), inst = begun("institutions");
    line(res, "高校的心理系", "topic=other&sector=society&kind=school");
    assert_int_equal(refused(res, f("version=0&text=x&topic=other&sector=society&kind=micro")), HTTP_INVALID);
    line(inst, "社工岗位管理办法", "kind=posts");
    line(inst, "志愿者积分办法", "kind=volunteers");
    line(inst, "五社联席会议制度", "kind=five");
    const char *kinds = page("worker_a", f("/lists/%lld", (long long)res));
    assert_non_null(strstr(kinds, "单位资源"));
    assert_non_null(strstr(kinds, "行业资源"));
    assert_non_null(strstr(kinds, "院校资源</a></dt><dd>1"));
    assert_non_null(strstr(kinds, "公益资源"));
    assert_true(shows(f("/lists/%lld?kind=volunteers", (long long)inst), "志愿者积分办法"));
    assert_false(shows(f("/lists/%lld?kind=volunteers", (long long)inst), "社工岗位管理办法"));
    station_a_is_in("jinan");
    int64_t services = begun("service_content");
    line(services, "上门巡诊", f("kind=elders&audience=%s", zh("空巢老人")));
    line(services, "四点半课堂", f("kind=children&audience=%s", zh("留守儿童")));
    assert_true(shows(f("/lists/%lld?kind=elders", (long long)services), "上门巡诊"));
    assert_false(shows(f("/lists/%lld?kind=elders", (long long)services), "四点半课堂"));
    station_a_is_in("haining");
    int64_t needs = begun("needs");
    line(needs, "楼道加装扶手", f("%s&kind=micro", NEED));
    line(needs, "失独家庭陪伴", f("%s&kind=venture", NEED));
    line(needs, "残疾人托养", f("%s&kind=purchase", NEED));
    assert_true(shows(f("/lists/%lld?kind=venture", (long long)needs), "失独家庭陪伴"));
    assert_false(shows(f("/lists/%lld?kind=venture", (long long)needs), "残疾人托养"));
}

/* covers: CD-17 */
static void
chengdu_items_have_content_and_standard_on_paper(void **state)
{
    (void)state;
    station_a_is_in("chengdu");
    int64_t items = begun("service_items");
    line(items, "助餐服务", f("audience=%s&content=%s&standard=%s&frequency=%s&record_form=%s", zh("高龄老人"), zh("每日送餐到户"), zh("温度不低于六十度"),
                              zh("每日一次"), zh("送餐签收单")));
    struct kit_reply r = kit_get(k, "worker_a", f("/lists/%lld/pdf", (long long)items));
    assert_int_equal(r.status, HTTP_OK);
    const char *paper = kit_told(k, r.body, "pdftotext -raw %s -");
    static const char *const parts[] = { "助餐服务", "高龄老人", "每日送餐到户", "温度不低于六十度", "每日一次", "送餐签收单" };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(paper, parts[i]) == NULL) fail_msg("no %s in\n%s", parts[i], paper);
    assert_int_equal(kit_get(k, "worker_a", f("/lists/%lld/export", (long long)items)).status, HTTP_OK);
    assert_true(kit_number(k, "SELECT count(*) FROM audit WHERE action = 'export' AND entity = 'list'") > 0);
}

static void
what_is_wrong_is_said_and_kept(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    struct kit_reply r = kit_post(k, "worker_a", "/lists/new", f("unit=%lld&kind=needs&title=%s&from=%s&to=%s", (long long)k->station_a.v, zh("写了一半"), day(9),
                                                                 day(1)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "写了一半"));
    assert_true(kit_has(r, "不能早于开始的日期。"));
    assert_int_equal(kit_post(k, "worker_a", "/lists/new", f("unit=%lld&kind=needs&title=x&from=%s", (long long)k->station_b.v, day(0))).status, HTTP_INVALID);
    int64_t list = begun("needs");
    r = kit_post(k, "head_a", f("/lists/%lld/publish", (long long)list), f("on=%s", day(0)));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "清单还没有条目"));
    r = kit_post(k, "worker_a", f("/lists/%lld/lines/new", (long long)list), f("version=0&text=&content=%s&topic=living", zh("没写标题")));
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "没写标题"));
    assert_int_equal(refused(list, f("version=0&text=x&%s&staff=7", NEED)), HTTP_INVALID);
    int64_t one = line(list, "第一条", NEED);
    assert_int_equal(kit_post(k, "head_a", f("/lists/%lld/publish", (long long)list), f("on=%s", day(2))).status, HTTP_INVALID);      /* not in the future */
    const char *edit = f("/lists/%lld/lines/%lld/edit", (long long)list, (long long)one);
    posted("worker_a", edit, f("version=1&text=x&%s", NEED), NULL);
    r = kit_post(k, "head_a", edit, f("version=1&text=%s&%s", zh("站长写的"), NEED));          /* saved in between */
    assert_int_equal(r.status, HTTP_INVALID);
    assert_true(kit_has(r, "站长写的"));
    posted("worker_a", f("/lists/%lld/lines/%lld/void", (long long)list, (long long)one), "", NULL);
    posted("worker_a", f("/lists/%lld/lines/%lld/restore", (long long)list, (long long)one), "", NULL);
    posted("worker_a", f("/lists/%lld/void", (long long)list), "", NULL);
    assert_int_equal(kit_get(k, "worker_a", f("/lists/%lld/edit", (long long)list)).status, HTTP_NOT_FOUND);
    posted("worker_a", f("/lists/%lld/restore", (long long)list), "", NULL);
    assert_true(shows(f("/lists/%lld", (long long)list), "草稿"));
}

static void
lists_are_shut_to_others(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t list = begun("needs"), one = line(list, "只给本站看的事", NEED);
    assert_int_equal(kit_get(k, "worker_b", f("/lists/%lld", (long long)list)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", f("/lists/%lld/lines/%lld", (long long)list, (long long)one)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "worker_b", f("/lists/%lld/pdf", (long long)list)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_post(k, "head_b", f("/lists/%lld/publish", (long long)list), f("on=%s", day(0))).status, HTTP_NOT_FOUND);
    int64_t theirs = posted("head_b", "/lists/new", f("unit=%lld&kind=needs&title=x&from=%s", (long long)k->station_b.v, day(0)), "/lists/");
    assert_int_equal(kit_get(k, "head_b", f("/lists/%lld/lines/%lld", (long long)theirs, (long long)one)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "head_b", f("/lists/%lld/compare?with=%lld", (long long)theirs, (long long)list)).status, HTTP_NOT_FOUND);
    publish(list);
    assert_null(strstr(page("worker_b", "/lists"), f("/lists/%lld\"", (long long)list)));
    assert_null(strstr(page("worker_b", "/lists/lines?kind=needs"), "只给本站看的事"));
    assert_int_equal(kit_get(k, "bureau", f("/lists/%lld", (long long)list)).status, HTTP_OK);
    assert_int_equal(kit_post(k, "bureau", f("/lists/%lld/lines/%lld/progress", (long long)list, (long long)one), "state=answered").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "village_a", "/lists").status, HTTP_FORBIDDEN);
    assert_int_equal(kit_get(k, "evaluator", "/lists").status, HTTP_FORBIDDEN);
}

static void
a_long_list_is_read_page_by_page(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t list = begun("needs");
    for (int i = 0; i < 120; i++) line(list, f("第%03d条", i), NEED);
    const char *path = f("/lists/%lld", (long long)list);
    assert_true(shows(path, "第049条"));
    assert_false(shows(path, "第050条"));
    int64_t last = kit_number(k, f("SELECT line_id FROM list_line WHERE list_id = %lld ORDER BY line_id LIMIT 1 OFFSET 99", (long long)list));
    path = f("/lists/%lld?after=%lld", (long long)list, (long long)last);
    assert_true(shows(path, "第119条"));
    assert_false(shows(path, "第099条"));
    assert_false(shows(path, "rel=\"next\""));
}

/* For programs: the same lines, page by page, and nothing of other stations. */
static void
programs_read_lists_and_lines(void **state)
{
    (void)state;
    station_a_is_in("ninghua");
    int64_t list = begun("needs");
    for (int i = 0; i < 51; i++) line(list, f("第%03d条", i), NEED);
    k->json = true;
    struct kit_reply r = kit_get(k, "worker_a", "/lists");
    assert_int_equal(r.status, HTTP_OK);
    assert_true(kit_has(r, f("\"id\":\"%lld\"", (long long)list)) && kit_has(r, "\"lines\":51") && kit_has(r, "\"state\":\"draft\""));
    r = kit_get(k, "worker_a", f("/lists/%lld", (long long)list));
    assert_true(kit_has(r, "第049条") && !kit_has(r, "第050条") && kit_has(r, "\"topic\":\"living\"") && kit_has(r, "\"total\":51"));
    int64_t last = kit_number(k, f("SELECT line_id FROM list_line WHERE list_id = %lld ORDER BY line_id LIMIT 1 OFFSET 49", (long long)list));
    assert_true(kit_has(r, f("after=%lld", (long long)last)));
    r = kit_get(k, "worker_a", f("/lists/%lld?after=%lld", (long long)list, (long long)last));
    assert_true(kit_has(r, "第050条") && !kit_has(r, "第049条"));
    assert_int_equal(kit_get(k, "worker_b", f("/lists/%lld", (long long)list)).status, HTTP_NOT_FOUND);
    assert_int_equal(kit_get(k, "village_a", "/lists").status, HTTP_FORBIDDEN);
    k->json = false;
}

/* Whatever shape the program knows, a profile may name; no other. */
static void
profiles_name_shapes_that_exist(void **state)
{
    (void)state;
    struct profile_problem *wrong;
    for (size_t i = 0; i <= list_shapes_n; i++) {
        const char *shape = i < list_shapes_n ? list_shapes[i].code : "wishes";
        struct str doc = str_of(f("{\"lists\": [{\"code\": \"x\", \"zh\": \"x\", \"en\": \"x\", \"shape\": \"%s\", \"kinds\": [{\"code\": \"y\"}]}]}", shape));
        size_t n = profile_check(&k->arena, doc, STR("x"), &wrong), bad = 0, kinds = 0;
        for (size_t p = 0; p < n; p++) bad += str_is(wrong[p].path, "lists[0].shape");
        for (size_t p = 0; p < n; p++) kinds += str_is(wrong[p].path, "lists[0].kinds[0]");
        assert_int_equal(bad, i < list_shapes_n ? 0 : 1);
        assert_int_equal(kinds, 2);                     /* zh and en are missing */
    }
}

static int open_kit(void **state) { (void)state; k = kit_open(); return 0; }
static int close_kit(void **state) { (void)state; kit_close(k); return 0; }

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(t) cmocka_unit_test_setup_teardown(t, open_kit, close_kit)
        TEST(a_version_stays_as_it_was_published), TEST(a_need_becomes_a_project), TEST(resources_are_found_and_matched_with_a_reason),
        TEST(resources_by_three_classes_of_sources), TEST(jiulongpo_has_three_lists_from_three_sources),
        TEST(ordos_lists_name_the_meeting_that_made_them), TEST(ordos_tasks_are_counted), TEST(places_sort_their_lists_in_their_own_kinds),
        TEST(chengdu_items_have_content_and_standard_on_paper), TEST(what_is_wrong_is_said_and_kept), TEST(lists_are_shut_to_others),
        TEST(a_long_list_is_read_page_by_page), TEST(programs_read_lists_and_lines), TEST(profiles_name_shapes_that_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
