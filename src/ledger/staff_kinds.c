/* The ledgers about members of staff.  Where a rule of the trade stands behind a field, its row is named. */
#include "ledger/ledger.h"

#define STAFF FIELD_ID(struct entry, staff, staff_id, F_STAFF, "人员", .required = true)
#define VERSION FIELD_HIDDEN(struct entry, version)
#define ON(...) FIELD_DATE(struct entry, on, __VA_ARGS__, .required = true)
#define NOTE FIELD_LONG(struct entry, body, "说明", .max = 2000, .wide = true)

static bool
until_after(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (date_known(in->until) && date_diff(in->until, in->on) < 0) rq_invalid(rq, "until", T("不能早于开始的日期。"));
    return rq->errors == NULL;
}

/* ---- Training: MZT-10, JL-05, JL-43, GD-20, GZ-23 ---- */

static const struct choice training_kinds[] = {
    { "policy", "法规政策", "Laws and policies" },        { "knowledge", "专业知识", "Professional knowledge" },
    { "continuing", "继续教育", "Continuing education" }, { "methods", "社会工作方法", "Social-work methods" },
    { "ethics", "职业道德", "Professional ethics" },      { "onboarding", "岗前培训", "Before starting" },
};
static const struct choice training_modes[] = {
    { "focus", "重点培训", "Focused training" },
    { "sent", "选派学习", "Sent to study" },
    { "degree", "学历教育", "Degree" },
};
static const struct choice training_levels[] = {
    { "province", "省级", "Province" },
    { "city", "市级", "City" },
    { "county", "县级", "County" },
    { "station", "本站", "Station" },
};
static const struct field training[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, training_kinds, "培训类别", .required = true),
    FIELD_TEXT(struct entry, title, "培训内容", .required = true, .max = 120),
    ON("培训日期", .check = "past"),
    FIELD_DATE(struct entry, until, "结束日期"),
    FIELD_INT(struct entry, amount, "学时", .required = true, .min = 1, .max = 2000, .unit = "学时",
              .help = "取得社会工作专业学历的，计一次90学时。"),
    FIELD_CHOICE(struct entry, mode, training_modes, "方式"),
    FIELD_CHOICE(struct entry, state, training_levels, "举办层级"),
    FIELD_TEXT(struct entry, party, "举办单位", .required = true, .max = 120),
    FIELD_TEXT(struct entry, number, "证明材料编号", .max = 60),
    NOTE,
};

/* One hour of lessons a week (TY-17). */
static const struct choice course_kinds[] = { { "online", "线上课程", "Online lesson" },
                                              { "leave", "请假", "On leave" } };
static const struct field course[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, course_kinds, "类别", .required = true),
    ON("日期", .check = "past"),
    FIELD_TEXT(struct entry, title, "课程", .max = 120, .if_field = "kind", .if_values = "online",
               .required_if_shown = true),
    FIELD_INT(struct entry, amount, "分钟", .min = 1, .max = 600, .unit = "分钟", .if_field = "kind",
              .if_values = "online", .required_if_shown = true),
};

/* JL-09, ZL-09. */
static const struct choice exam_states[] = {
    { "registered", "已报名", "Registered" },
    { "passed", "通过", "Passed" },
    { "failed", "未通过", "Failed" },
    { "absent", "缺考", "Absent" },
};
static bool
exam_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (!str_is(in->state, "registered") && date_diff(in->on, today()) > 0)
        rq_invalid(rq, "state", T("考试还没有举行。"));
    return rq->errors == NULL;
}
static const struct field exam[] = {
    VERSION,
    STAFF,
    FIELD_CODE(struct entry, kind, "worker_certificate", "报考级别", .required = true),
    ON("考试日期"),
    FIELD_CHOICE(struct entry, state, exam_states, "结果", .required = true),
    FIELD_TEXT(struct entry, number, "准考证号", .max = 40),
    NOTE,
};

/* The four abilities of JL-16, each scored by himself and by his supervisor. */
static const struct choice abilities[] = {
    { "advocate", "宣传倡导", "Advocacy" },
    { "mobilise", "组织动员", "Mobilisation" },
    { "resources", "资源策动", "Resources" },
    { "serve", "服务提供", "Service" },
};
static const struct choice scorers[] = { { "self", "自评", "By himself" },
                                         { "supervisor", "督导评价", "By the supervisor" } };
static const struct field ability[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, abilities, "能力", .required = true),
    FIELD_CHOICE(struct entry, mode, scorers, "评价人", .required = true),
    FIELD_INT(struct entry, amount, "评分", .required = true, .min = 1, .max = 10, .help = "1 至 10 分。"),
    ON("评价日期", .check = "past"),
    NOTE,
};

/* ---- Supervision: GZ-06, GZ-24, GZ-25, GZ-42 ---- */

static bool
another(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (in->other.v == in->staff.v) rq_invalid(rq, "other", T("督导和督导对象不能是同一个人。"));
    if (in->other.v == 0 && in->party.n == 0) rq_invalid(rq, "party", T("请选择本系统的督导，或者填写外聘督导。"));
    return until_after(rq, form);
}
static const struct field supervision[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "督导对象", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "督导"),
    FIELD_TEXT(struct entry, party, "外聘督导", .max = 60),
    ON("建立日期", .check = "past"),
    FIELD_DATE(struct entry, until, "结束日期"),
    FIELD_INT(struct entry, amount, "间隔", .min = 1, .max = 366, .unit = "天",
              .help = "两次督导之间最多几天；不填的按当地规则。"),
    NOTE,
};
static const struct choice session_kinds[] = {
    { "single", "个别督导", "Individual" },
    { "group", "团体督导", "Group" },
    { "ethics", "伦理咨询", "Ethics consultation" },
};
static const struct field session[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "督导对象", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "督导"),
    FIELD_TEXT(struct entry, party, "外聘督导", .max = 60),
    FIELD_CHOICE(struct entry, kind, session_kinds, "形式", .required = true),
    ON("日期", .check = "past"),
    FIELD_INT(struct entry, amount, "时长", .min = 1, .max = 600, .unit = "分钟"),
    FIELD_TEXT(struct entry, title, "检视的计划与工作", .required = true, .max = 200),
    FIELD_LONG(struct entry, body, "传授的知识、经验与商定的任务", .max = 4000, .wide = true),
    FIELD_TEXT(struct entry, number, "督导签名", .required = true, .max = 40),
    FIELD_TEXT(struct entry, state, "督导对象签名", .required = true, .max = 40),
};

/* ---- Integrity: MZT-09, HNG-15, JL-44, HNG-22 ---- */

static const struct choice pledge_kinds[] = {
    { "ethics", "职业道德承诺", "Professional ethics" },
    { "service", "公益服务承诺", "Public service" },
    { "honesty", "诚信服务承诺", "Honest service" },
};
static const struct field pledge[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, pledge_kinds, "承诺书", .required = true),
    FIELD_TEXT(struct entry, title, "文本版本", .required = true, .max = 60),
    ON("签署日期", .check = "past"),
    FIELD_DATE(struct entry, until, "续签日期", .help = "到期前应重新签署。"),
    NOTE,
};
static const struct choice check_kinds[] = {
    { "record", "违法犯罪记录查询", "Criminal record" },
    { "identity", "身份与学历核验", "Identity and education" },
    { "reference", "原单位了解", "Former employer" },
};
static const struct choice check_states[] = { { "pending", "待回复", "Awaited" },
                                              { "clear", "无不良情况", "Clear" },
                                              { "found", "有情况", "Something found" } };
static const struct field background[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, check_kinds, "核查事项", .required = true),
    ON("核查日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "核查单位", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, state, check_states, "结果", .required = true),
    FIELD_DATE(struct entry, until, "下次核查"),
    FIELD_LONG(struct entry, body, "说明", .max = 2000, .wide = true, .secret = true),
};
static const struct choice credit_kinds[] = { { "good", "守信", "Kept faith" }, { "bad", "失信", "Broke faith" } };
static const struct field credit[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, credit_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, title, "事项", .required = true, .max = 200),
    ON("发生日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "认定单位", .max = 120),
    FIELD_TEXT(struct entry, number, "影响", .max = 200),
    FIELD_DATE(struct entry, until, "影响截止"),
};

/* ---- Standing: JL-06, JL-07 ---- */

static const struct choice office_bodies[] = {
    { "party", "城市社区党组织", "Party organisation of the community" },
    { "committee", "社区居民自治组织", "Residents' committee" },
    { "owners", "业主委员会", "Owners' committee" },
};
static const struct field office[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, office_bodies, "组织类别", .required = true),
    FIELD_TEXT(struct entry, party, "组织名称", .required = true, .max = 120),
    FIELD_TEXT(struct entry, title, "职务", .required = true, .max = 60),
    ON("当选日期", .check = "past"),
    FIELD_DATE(struct entry, until, "任期至"),
};
static const struct choice honour_kinds[] = {
    { "party", "党代表", "Delegate to a Party congress" },
    { "people", "人大代表", "Deputy to a people's congress" },
    { "cppcc", "政协委员", "Member of the CPPCC" },
    { "award", "表彰奖励", "Award" },
};
static const struct field honour[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, honour_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, title, "名称", .required = true, .max = 120),
    FIELD_TEXT(struct entry, party, "授予或推荐单位", .max = 120),
    ON("日期", .check = "past"),
    FIELD_DATE(struct entry, until, "任期至"),
};

/* ---- Pay and time: JL-41, HNG-08, JLP-02, NH-03, TY-05 ---- */

static const struct choice insured[] = { { "yes", "已参加", "Insured" }, { "no", "未参加", "Not insured" } };
static const struct field grade[] = {
    VERSION,
    STAFF,
    FIELD_TEXT(struct entry, title, "岗位", .required = true, .max = 60, .help = "薪酬等级表中的岗位。"),
    FIELD_INT(struct entry, amount, "等级", .required = true, .min = 1, .max = 40),
    FIELD_MONEY(struct entry, money, "月薪酬", .required = true, .unit = "元"),
    FIELD_CHOICE(struct entry, state, insured, "社会养老保险", .required = true),
    ON("执行日期"),
    NOTE,
};
static const struct choice time_kinds[] = {
    { "practice", "专业服务", "Professional service" },
    { "admin", "行政事务", "Administration" },
    { "event", "活动", "Activities" },
};
static const struct field timesheet[] = {
    VERSION,
    STAFF,
    ON("日期", .check = "past"),
    FIELD_CHOICE(struct entry, kind, time_kinds, "类别", .required = true),
    FIELD_INT(struct entry, amount, "分钟", .required = true, .min = 5, .max = 1440, .unit = "分钟"),
    FIELD_TEXT(struct entry, title, "内容", .max = 120),
};

/* ---- Changes of staff: HNG-16, HNG-22 ---- */

static const struct choice change_kinds[] = {
    { "join", "入职", "Joined" },
    { "leave", "离职", "Left" },
    { "move", "调动", "Moved" },
    { "replace", "更换", "Replaced" },
};
static bool
filing_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (date_known(in->done) && date_diff(in->done, in->on) < 0)
        rq_invalid(rq, "done", T("备案日期不能早于变动日期。"));
    return until_after(rq, form);
}
static const struct field staff_filing[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, change_kinds, "变动", .required = true),
    ON("变动日期", .check = "past"),
    FIELD_DATE(struct entry, until, "备案期限", .required = true),
    FIELD_DATE(struct entry, done, "备案日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "备案机关", .max = 120),
    FIELD_TEXT(struct entry, number, "备案编号", .max = 60),
};

/* ---- Clean hands: GZ-32, GZ-33 ---- */

static const struct choice gift_kinds[] = {
    { "refused", "当场谢绝", "Refused" },
    { "returned", "退回", "Given back" },
    { "handed", "上交单位", "Handed in" },
    { "other", "其他", "Other" },
};
static const struct field gift[] = {
    VERSION,
    STAFF,
    FIELD_TEXT(struct entry, title, "礼品、礼金或其他利益", .required = true, .max = 160),
    FIELD_TEXT(struct entry, party, "来自", .required = true, .max = 120, .help = "写身份或单位，不写服务对象的姓名。"),
    FIELD_MONEY(struct entry, money, "估值", .unit = "元"),
    ON("日期", .check = "past"),
    FIELD_CHOICE(struct entry, kind, gift_kinds, "怎样处理", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "见证人", .required = true),
    NOTE,
};
static const struct choice tie_kinds[] = {
    { "kin", "亲属", "Relative" },
    { "friend", "朋友", "Friend" },
    { "neighbour", "邻居或同乡", "Neighbour, same village" },
    { "interest", "经济往来", "Business" },
    { "other", "其他", "Other" },
};
static const struct field avoidance[] = {
    VERSION,
    STAFF,
    FIELD_TEXT(struct entry, number, "户编号", .required = true, .max = 60),
    FIELD_CHOICE(struct entry, kind, tie_kinds, "关系", .required = true),
    ON("声明日期", .check = "past"),
    FIELD_DATE(struct entry, until, "关系结束日期"),
};
static const struct field handout[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "经办人", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "第二经办人", .required = true),
    FIELD_TEXT(struct entry, number, "领取的户编号", .required = true, .max = 60),
    FIELD_TEXT(struct entry, title, "物资或款项", .required = true, .max = 160),
    FIELD_INT(struct entry, amount, "数量", .min = 1, .max = 100000),
    FIELD_MONEY(struct entry, money, "金额或价值", .unit = "元"),
    ON("发放日期", .check = "past"),
    FIELD_TEXT(struct entry, mode, "领取凭证编号", .max = 60),
    NOTE,
};

static bool
witness(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (in->other.v == in->staff.v) rq_invalid(rq, "other", T("须由另一个人签字。"));
    return rq->errors == NULL;
}

static bool
household_known(struct rq *rq, struct str no)
{
    struct entry_household_row h;
    if (entry_household(rq->db, &h, rq->who.area, no) && h.total > 0) return true;
    rq_invalid(rq, "number", T("没有这个户编号。"));
    return false;
}

static bool
avoidance_check(struct rq *rq, void *form)
{
    household_known(rq, ((const struct entry *)form)->number);
    return until_after(rq, form);
}

/* Two hands, and neither of somebody near the household (R-GZ-A1). */
static bool
handout_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    struct entry_near_row near;
    witness(rq, form);
    if (!household_known(rq, in->number)) return false;
    const struct { const char *field; struct staff_id who; } hands[] = { { "staff", in->staff }, { "other", in->other } };
    for (size_t i = 0; i < COUNT(hands); i++)
        if (entry_near(rq->db, &near, .area = id_area(hands[i].who.v), .staff = hands[i].who, .no = in->number, .day = in->on,
                       .ledger = STR("avoidance")) && near.total > 0)
            rq_invalid(rq, hands[i].field, T("他声明过与该户的关系，须回避。"));
    return rq->errors == NULL;
}

const struct choice transfer_kinds[2] = { { "time", "临时调配", "For a time" }, { "good", "正式调动", "For good" } };
static const struct field transfer[] = {
    VERSION,
    STAFF,
    FIELD_CHOICE(struct entry, kind, transfer_kinds, "调配方式"),
    FIELD_ID(struct entry, target, unit_id, F_UNIT, "调往单位"),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "返回日期"),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "替补人员"),
    FIELD_LONG(struct entry, body, "原因", .wide = true),
};

/* ---- Growing beside somebody: TY-10, TY-16, TY-18 ---- */

static const struct choice talent_states[] = { { "paired", "已结对", "Paired" },
                                               { "working", "任务进行中", "At work" },
                                               { "done", "已出师", "On their own" } };
static const struct field talent[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "优才对象", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "驻站社工", .required = true),
    FIELD_TEXT(struct entry, title, "任务", .required = true, .max = 200),
    FIELD_CHOICE(struct entry, state, talent_states, "进展", .required = true),
    ON("结对日期"),
    FIELD_DATE(struct entry, until, "计划完成日期"),
    FIELD_LONG(struct entry, body, "进展情况", .max = 2000, .wide = true),
};
static bool
two_people(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (in->other.v == in->staff.v) rq_invalid(rq, "other", T("不能与本人结对。"));
    return until_after(rq, form);
}
static const struct choice coach_kinds[] = { { "close", "贴近", "Being close" }, { "join", "融合", "Joining in" },
                                             { "lead", "带动", "Leading" }, { "show", "示范", "Showing" } };
static const struct field coach[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "督导的社工", .required = true),
    FIELD_TEXT(struct entry, party, "社区工作者", .required = true, .max = 60),
    FIELD_CHOICE(struct entry, kind, coach_kinds, "方式", .required = true),
    ON("日期", .check = "past"),
    FIELD_INT(struct entry, amount, "时长", .required = true, .min = 5, .max = 600, .unit = "分钟"),
    FIELD_TEXT(struct entry, title, "主题", .required = true, .max = 160),
    FIELD_LONG(struct entry, body, "约定的下一步", .max = 2000, .wide = true),
};
static const struct field talk[] = {
    VERSION,
    FIELD_ID(struct entry, staff, staff_id, F_STAFF, "谈心对象", .required = true),
    ON("日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "谈心人", .required = true, .max = 60),
    FIELD_LONG(struct entry, body, "内容", .required = true, .max = 2000, .wide = true, .secret = true),
};

#define LEARNING T("培训与能力")
#define CONDUCT T("承诺与诚信")
#define STANDING T("任职与荣誉")
#define WORKING T("薪酬与工时")
#define CLEAN T("廉洁与回避")
const struct ledger staff_ledgers[] = {
    { "training", T("培训"), LEARNING, T("参加的培训、学时和证明；继续教育学时在证书下面按登记周期合计。"),
      "staff kind title on amount party", .form = LEDGER_CHECKED(training, until_after) },
    { "course", T("每周一课"), LEARNING, T("每人每周的线上课程分钟数；请假的一周不计。"), "staff kind on amount title",
      .own = true, .form = LEDGER(course) },
    { "exam", T("职业资格考试"), LEARNING, T("报考的级别、日期和结果。"), "staff kind on state", .own = true,
      .form = LEDGER_CHECKED(exam, exam_check) },
    { "ability", T("能力评价"), LEARNING, T("四项能力，由本人和督导评分。"), "staff kind mode amount on",
      .writes = CASE_SUPERVISE, .own = true, .form = LEDGER(ability) },
    { "supervision", T("督导关系"), T("督导工作"), T("谁督导谁，间隔几天。"), "staff other party on until amount",
      .writes = CASE_SUPERVISE, .form = LEDGER_CHECKED(supervision, another) },
    { "session", T("督导记录"), T("督导工作"), T("每一次督导，由双方签名。"), "staff other party kind on title",
      .writes = CASE_SUPERVISE, .form = LEDGER_CHECKED(session, another) },
    { "coach", T("带教记录"), T("督导工作"), T("以贴近、融合、带动、示范的方式督导社区工作者。"), "staff party kind on amount title",
      .writes = CASE_SUPERVISE, .own = true, .form = LEDGER(coach) },
    { "talent", T("优才计划"), T("督导工作"), T("驻站社工与优才对象结对、任务和进展。"), "staff other title state on",
      .writes = CASE_SUPERVISE, .steps = true, .form = LEDGER_CHECKED(talent, two_people) },
    { "talk", T("谈心记录"), T("督导工作"), T("帮助疏解压力的谈话。只有本人和人员管理者可以查看。"), "staff party on", .closed = true,
      .form = LEDGER(talk) },
    { "pledge", T("承诺书"), CONDUCT, T("签署的文本版本、日期和续签日期。"), "staff kind title on until",
      .clock = CLOCK_VALID, .form = LEDGER_CHECKED(pledge, until_after) },
    { "background", T("背景核查"), CONDUCT, T("只有本人和人员管理者可以查看。"), "staff kind on party state until",
      .clock = CLOCK_VALID, .closed = true, .form = LEDGER_CHECKED(background, until_after) },
    { "credit", T("信用记录"), CONDUCT, T("守信和失信的事项、日期和影响。只有本人和人员管理者可以查看。"),
      "staff kind title on number", .closed = true, .form = LEDGER_CHECKED(credit, until_after) },
    { "gift", T("礼品与利益"), CLEAN, T("收到的礼品、礼金和其他利益，以及怎样处理。"), "staff title party money kind on other",
      .own = true, .form = LEDGER_CHECKED(gift, witness) },
    { "avoidance", T("回避声明"), CLEAN, T("社工声明与某户的关系；有关系的不经办该户的资格认定和发放。只有本人和人员管理者可以查看。"),
      "staff number kind on until", .own = true, .closed = true, .form = LEDGER_CHECKED(avoidance, avoidance_check) },
    { "handout", T("物资与款项发放"), CLEAN, T("双人经办；与该户有关系的人须回避。"), "on staff other number title amount money",
      .writes = LEDGER_WRITE, .form = LEDGER_CHECKED(handout, handout_check) },
    { "office", T("选举任职"), STANDING, T("经选举进入社区党组织、自治组织和业主委员会的任职。"),
      "staff kind party title on until", .form = LEDGER_CHECKED(office, until_after) },
    { "honour", T("代表与荣誉"), STANDING, T("党代表、人大代表、政协委员和受到的表彰。"), "staff kind title party on",
      .form = LEDGER_CHECKED(honour, until_after) },
    { "grade", T("岗位等级"), WORKING, T("岗位、等级和薪酬，按执行日期。只有本人和人员管理者可以查看。"),
      "staff title amount money state on", .closed = true, .form = LEDGER(grade) },
    { "timesheet", T("工时"), WORKING, T("专业服务、行政事务和活动各用了多少时间。"), "staff on kind amount title",
      .own = true, .form = LEDGER(timesheet) },
    { "staff_filing", T("人员变动备案"), T("人员变动"), T("入职、离职和调动在期限内报民政部门备案。"),
      "staff kind on until done number", .clock = CLOCK_TERM, .undone = T("未备案"),
      .form = LEDGER_CHECKED(staff_filing, filing_check) },
    { "transfer", T("调配记录"), T("人员变动"), T("临时调配和正式调动，在人员页面办理。"),
      "staff kind target on until other", .elsewhere = true, .form = LEDGER(transfer) },
};
const size_t staff_ledgers_n = COUNT(staff_ledgers);
