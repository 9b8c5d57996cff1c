/* The ledgers about the network itself: pilots, inspections, meetings, grids, universities, contracts and credit of agencies.  Where a
 * rule of the trade stands behind a field, its row is named. */
#include "ledger/kinds.h"
#include "network/network.h"

/* ---- What the levels do for each other: HN-03, HN-04, HN-22, SA-21, CD-01, CD-07, CD-19, GD-21, GX-02 ---- */

static const struct choice levels[] = {
    { "national", "国家级", "National" }, { "province", "省级", "Province" }, { "city", "市级", "City" }, { "county", "县级", "County" },
};
static const struct field framework[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "文件名称", .required = true, .max = 200),
    FIELD_TEXT(struct entry, number, "文号", .max = 60),
    ON("发布日期"),
    FIELD_LONG(struct entry, body, "内容", .required = true, .max = 8000, .wide = true),
};
static const struct choice pilot_kinds[] = { { "pilot", "试点", "Pilot" }, { "model", "示范", "Demonstration" } };
static const struct field pilot[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, pilot_kinds, "类别", .required = true),
    FIELD_CHOICE(struct entry, mode, levels, "级别", .required = true),
    FIELD_TEXT(struct entry, party, "认定单位", .max = 120),
    FIELD_TEXT(struct entry, number, "文号", .max = 60),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    FIELD_TEXT(struct entry, title, "评估结果", .max = 120),
    NOTE,
};
static const struct choice inspection_kinds[] = { { "inspect", "监督检查", "Inspection" }, { "guide", "指导", "Guidance" } };
static const struct field inspection[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "项目或事项", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, kind, inspection_kinds, "方式", .required = true),
    FIELD_TEXT(struct entry, party, "检查或指导的单位", .required = true, .max = 120),
    ON("日期", .check = "past"),
    FIELD_LONG(struct entry, body, "发现的问题", .required = true, .max = 4000, .wide = true),
    FIELD_DATE(struct entry, until, "整改期限", .required = true),
    FIELD_DATE(struct entry, done, "整改完成日期", .check = "past"),
    FIELD_LONG(struct entry, state, "整改情况", .max = 2000, .wide = true),
};
static const struct field plan[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "督导主题", .required = true, .max = 160),
    FIELD_TEXT(struct entry, party, "统筹的市级单位", .required = true, .max = 120),
    FIELD_LONG(struct entry, mode, "县级指导意见", .max = 2000, .wide = true),
    ON("制定日期"),
    FIELD_DATE(struct entry, until, "计划完成日期", .required = true),
    FIELD_DATE(struct entry, done, "落实日期", .check = "past"),
    FIELD_LONG(struct entry, body, "落实情况", .max = 2000, .wide = true),
};
static const struct choice task_kinds[] = { { "up", "承接（上）", "Taken on from above" }, { "direct", "直接服务（下）", "Direct service" } };
static const struct field task[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "任务", .required = true, .max = 200),
    FIELD_CHOICE(struct entry, kind, task_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, party, "交办的部门", .max = 120, .if_field = "kind", .if_values = "up", .required_if_shown = true),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    NOTE,
};
static const struct field contract[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "合同名称", .required = true, .max = 160),
    FIELD_TEXT(struct entry, number, "合同编号", .required = true, .max = 60),
    FIELD_TEXT(struct entry, party, "承接机构", .required = true, .max = 120),
    FIELD_MONEY(struct entry, money, "金额", .required = true, .unit = "元"),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "有效期至", .required = true),
    NOTE,
};

/* ---- Meetings and what they solve: OR-02, OR-03, ZL-07 ---- */

static const struct choice meeting_kinds[] = {
    { "joint", "联席会议", "Joint meeting" }, { "leading", "领导小组会议", "Leading group" },
    { "party", "党建联抓", "Party building" }, { "activity", "联办活动", "Joint activity" },
};
static const struct field meeting[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "议题", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, kind, meeting_kinds, "类别", .required = true),
    ON("日期"),
    FIELD_TEXT(struct entry, number, "地点", .max = 120),
    FIELD_LONG(struct entry, party, "参加单位", .required = true, .max = 1000, .wide = true, .help = "用顿号隔开。"),
    FIELD_LONG(struct entry, mode, "缺席单位", .max = 500, .wide = true, .help = "用顿号隔开；没有的不填。"),
    FIELD_LONG(struct entry, body, "议定事项", .max = 4000, .wide = true),
};
static const struct choice problem_states[] = { { "raised", "已提出", "Raised" }, { "working", "联解中", "Being solved" },
                                                { "solved", "已解决", "Solved" } };
static bool
problem_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (str_is(in->state, "solved") && in->body.n == 0) rq_invalid(rq, "body", T("已解决的难题须写明结果。"));
    if (str_is(in->state, "solved") && !date_known(in->done)) rq_invalid(rq, "done", T("已解决的难题须填写解决日期。"));
    return until_after(rq, form);
}
static const struct field problem[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "难题", .required = true, .max = 160),
    FIELD_LONG(struct entry, party, "联解单位", .required = true, .max = 500, .wide = true, .help = "用顿号隔开。"),
    FIELD_CHOICE(struct entry, state, problem_states, "进展", .required = true),
    ON("提出日期", .check = "past"),
    FIELD_DATE(struct entry, until, "解决期限", .required = true),
    FIELD_DATE(struct entry, done, "解决日期", .check = "past"),
    FIELD_LONG(struct entry, body, "结果", .max = 4000, .wide = true),
};

/* ---- Universities and schools: OR-10, JN-06, JN-09 ---- */

static const struct choice education_kinds[] = {
    { "major", "本科专业", "Degree course" }, { "degree", "学历教育", "Study for a degree" }, { "continuing", "继续教育", "Continuing education" },
    { "incubator", "人才孵化", "Incubator of talent" },
};
static const struct field education[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, party, "院校或学校", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, education_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, title, "专业或班次", .required = true, .max = 120),
    FIELD_INT(struct entry, amount, "学员人数", .required = true, .min = 0, .max = 100000, .unit = "人"),
    FIELD_TEXT(struct entry, number, "协议编号", .max = 60),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    NOTE,
};
static const struct field pairing[] = {
    VERSION,
    FIELD_TEXT(struct entry, party, "高校", .required = true, .max = 80),
    FIELD_ID(struct entry, unit, unit_id, F_UNIT, "结对的区（县）单位", .required = true),
    ON("结对日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    NOTE,
};

/* ---- The grid: ZL-05 ---- */

static const struct field grid[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, mode, "网格长", .required = true, .max = 40),
    FIELD_TEXT(struct entry, party, "网格员", .required = true, .max = 40),
    FIELD_TEXT(struct entry, title, "网格信息员", .max = 40, .help = "居民小组长；一人一行，还没有的不填。"),
    FIELD_TEXT(struct entry, number, "网格", .max = 60),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
};

/* ---- Agencies and evaluation: JL-44, MZT-03 ---- */

static const struct choice agency_kinds[] = { { "pledge", "诚信服务承诺", "Pledge of honest service" }, { "good", "守信", "Kept faith" },
                                              { "bad", "失信", "Broke faith" } };
static const struct field agency_credit[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, party, "机构", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, agency_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, title, "事项", .required = true, .max = 200),
    ON("发生日期", .check = "past"),
    FIELD_TEXT(struct entry, number, "影响", .max = 200),
    FIELD_DATE(struct entry, until, "有效或影响截止"),
    NOTE,
};
static bool
indicator_check(struct rq *rq, void *form)
{
    return service_code_known(rq, ((const struct entry *)form)->number) && until_after(rq, form);
}
static const struct field indicator[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "指标", .required = true, .max = 160),
    FIELD_TEXT(struct entry, number, "服务编码", .max = 20, .help = "指标所评的服务目录编码，例如 1.2。"),
    FIELD_INT(struct entry, amount, "满分", .required = true, .min = 1, .max = 1000, .unit = "分"),
    ON("启用日期"),
    FIELD_DATE(struct entry, until, "停用日期"),
    FIELD_LONG(struct entry, body, "评分办法", .max = 2000, .wide = true),
};

#define LEVELS T("层级职责")
#define TOGETHER T("联席与联解")
#define SCHOOLS T("院校与网格")
#define AGENCIES T("机构与评估")
const struct ledger network_ledgers[] = {
    { "framework", T("制度框架"), LEVELS, T("由承担这项职责的层级发布，下级都可以查看。"), "title number on", ABOUT_UNIT, .down = true,
      .function = "framework", .form = LEDGER(framework) },
    { "pilot", T("试点与示范"), LEVELS, T("哪些地方和单位是试点或示范，级别、起止日期和评估结果。"), "kind mode party on until title", ABOUT_UNIT,
      .function = "pilot", .form = LEDGER_CHECKED(pilot, until_after) },
    { "inspection", T("检查与指导"), LEVELS, T("发现的问题和整改期限；逾期未整改的列出来。"), "title kind party on until done", ABOUT_UNIT,
      CLOCK_TERM, .undone = T("未整改"), .form = LEDGER_CHECKED(inspection, until_after) },
    { "plan", T("督导计划"), LEVELS, T("市级统筹、县级指导、镇（街）落实；“按下级汇总”看各地的进度。"), "title party on until done", ABOUT_UNIT,
      CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未落实"), .calendar = true, .form = LEDGER_CHECKED(plan, until_after) },
    { "task", T("工作任务"), LEVELS, T("上接的政府公共服务任务和下向居民的直接服务。"), "title kind party on until", ABOUT_UNIT,
      .writes = LEDGER_WRITE, .form = LEDGER_CHECKED(task, until_after) },
    { "contract", T("服务合同"), LEVELS, T("购买服务的合同；到期的列出来。"), "title number party money until", ABOUT_UNIT, CLOCK_VALID,
      .function = "contract", .form = LEDGER_CHECKED(contract, until_after) },
    { "meeting", T("会议与联办活动"), TOGETHER, T("联席会议、领导小组会议、党建联抓和联办活动。"), "title kind on party", ABOUT_UNIT,
      .writes = LEDGER_WRITE, .calendar = true, .form = LEDGER(meeting) },
    { "problem", T("难题联解"), TOGETHER, T("难题、由谁一起解决、结果；逾期未解决的列出来。"), "title party state until done", ABOUT_UNIT,
      CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未解决"), .steps = true, .form = LEDGER_CHECKED(problem, problem_check) },
    { "education", T("学历与继续教育"), SCHOOLS, T("与院校合作开设的专业、学历教育和继续教育。"), "party kind title amount on", ABOUT_UNIT,
      .form = LEDGER_CHECKED(education, until_after) },
    { "pairing", T("高校结对"), SCHOOLS, T("一所高校和一个区（县）一行；“按对象汇总”看数目不对的高校。"), "party on until", ABOUT_UNIT,
      .each = "R-JN-V1", .form = LEDGER_CHECKED(pairing, until_after) },
    { "grid", T("网格人员"), SCHOOLS, T("一个网格信息员一行；“按对象汇总”看网格长、网格员和信息员。"), "mode party title number on", ABOUT_UNIT,
      .writes = LEDGER_WRITE, .each = "R-ZL-S2", .form = LEDGER_CHECKED(grid, until_after) },
    { "agency_credit", T("机构诚信"), AGENCIES, T("机构的诚信服务承诺和信用记录；按机构名称查找就是它的信用页。"), "party kind title on number until",
      ABOUT_UNIT, .form = LEDGER_CHECKED(agency_credit, until_after) },
    { "indicator", T("评估指标"), AGENCIES, T("评估什么、满分多少、评的是哪项服务。"), "title number amount on", ABOUT_UNIT, .down = true,
      .form = LEDGER_CHECKED(indicator, indicator_check) },
};
const size_t network_ledgers_n = COUNT(network_ledgers);
