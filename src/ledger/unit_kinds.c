/* The ledgers about units: documents, filings, partners, premises, posts and pay.  Where a rule of the trade stands
 * behind a field, its row is named. */
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "form/draw.h"
#include "ledger/kinds.h"
#include "network/network.h"

bool
until_after(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (date_known(in->until) && date_diff(in->until, in->on) < 0) rq_invalid(rq, "until", T("不能早于开始的日期。"));
    if (date_known(in->done) && date_diff(in->done, in->on) < 0) rq_invalid(rq, "done", T("不能早于开始的日期。"));
    return rq->errors == NULL;
}

/* A code of a service catalogue, or nothing. */
bool
service_code_known(struct rq *rq, struct str code)
{
    if (code.n && catalogue_item(code) == NULL) rq_invalid(rq, "number", T("服务目录中没有这个编码。"));
    return rq->errors == NULL;
}

/* ---- Documents: MZT-01, MZT-02, MZT-18, JL-01, JL-42, GZ-18, NH-02, OR-06 ---- */

static const struct choice standard_kinds[] = {
    { "gb", "强制性国家标准", "Mandatory national standard" },
    { "gbt", "推荐性国家标准", "Recommended national standard" },
    { "industry", "推荐性行业标准", "Recommended industry standard" },
    { "local", "地方标准", "Local standard" },
    { "regulation", "地方性法规", "Local regulation" },
    { "group", "团体标准", "Association standard" },
    { "rule", "规范性文件", "Normative document" },
};
static const struct field standard[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, number, "标准编号", .required = true, .max = 60),
    FIELD_TEXT(struct entry, title, "标准名称", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, kind, standard_kinds, "性质", .required = true),
    FIELD_TEXT(struct entry, party, "提出或发布单位", .required = true, .max = 200,
               .help = "有几个单位的，用顿号隔开。"),
    FIELD_TEXT(struct entry, mode, "公告号", .max = 60),
    ON("发布日期"),
    FIELD_DATE(struct entry, until, "废止日期"),
    NOTE,
};
static const struct field policy[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "文件名称", .required = true, .max = 200),
    FIELD_TEXT(struct entry, number, "文号", .max = 60),
    FIELD_TEXT(struct entry, party, "发文单位", .required = true, .max = 200, .help = "有几个单位的，用顿号隔开。"),
    ON("成文日期"),
    FIELD_DATE(struct entry, done, "公布日期"),
    FIELD_TEXT(struct entry, mode, "依据", .max = 200),
    NOTE,
};
static const struct choice institution_kinds[] = {
    { "station", "站务管理", "Running the station" },
    { "staff", "人员管理", "Staff" },
    { "service", "服务管理", "Services" },
    { "money", "财务资产", "Finance and property" },
    { "file", "档案与保密", "Files and secrecy" },
    { "risk", "风险与投诉", "Risks and complaints" },
};
static const struct field institution[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "制度名称", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, institution_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, number, "版本", .required = true, .max = 20),
    ON("通过日期"),
    FIELD_DATE(struct entry, until, "复审日期", .required = true),
    FIELD_LONG(struct entry, body, "正文", .wide = true),
};

/* ---- Filing, responsibility, risks and complaints: JLP-05, CD-14, MZT-45 ---- */

static const struct choice filing_kinds[] = {
    { "organisation", "社区社会组织备案", "Community organisation" },
    { "self", "居民自组织备案", "Residents' group" },
    { "project", "项目备案", "Project" },
    { "document", "制度文件备案", "Document" },
    { "agency", "承接机构备案", "Agency" },
};
static const struct field filing[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "名称", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, filing_kinds, "备案事项", .required = true),
    ON("发生日期", .check = "past"),
    FIELD_DATE(struct entry, until, "备案期限", .required = true),
    FIELD_DATE(struct entry, done, "备案日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "备案机关", .max = 120),
    FIELD_TEXT(struct entry, number, "备案编号", .max = 60),
    NOTE,
};
static const struct choice duty_kinds[] = {
    { "bureau", "民政部门", "Bureau of civil affairs" },
    { "head", "社工站长", "Head of station" },
    { "agency", "运行机构", "Agency that runs it" },
    { "staff", "服务人员", "Service staff" },
    { "chief", "总指导员", "Chief instructor" },
    { "full", "专职指导员", "Full-time instructor" },
    { "professional", "专业指导员", "Professional instructor" },
};
static const struct field duty[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, duty_kinds, "责任主体", .required = true),
    FIELD_TEXT(struct entry, party, "责任人", .required = true, .max = 60),
    FIELD_TEXT(struct entry, title, "监管责任", .required = true, .max = 200),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "应签署日期", .required = true),
    FIELD_DATE(struct entry, done, "签署日期", .check = "past"),
};
static const struct choice risk_levels[] = { { "low", "低", "Low" },
                                             { "medium", "中", "Medium" },
                                             { "high", "高", "High" } };
static const struct field risk[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "风险", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, kind, risk_levels, "等级", .required = true),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "负责人", .required = true),
    ON("发现日期", .check = "past"),
    FIELD_DATE(struct entry, until, "复查日期", .required = true),
    FIELD_DATE(struct entry, done, "解除日期", .check = "past"),
    FIELD_LONG(struct entry, body, "控制措施", .required = true, .max = 2000, .wide = true),
};
static const struct choice complaint_states[] = {
    { "received", "已收到", "Received" }, { "acknowledged", "已受理", "Acknowledged" },
    { "handled", "已处理", "Handled" },   { "answered", "已答复", "Answered" },
    { "closed", "已结案", "Closed" },
};
static bool
complaint_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (str_is(in->state, "closed") && !date_known(in->done)) rq_invalid(rq, "done", T("结案的投诉须填写答复日期。"));
    return until_after(rq, form);
}
static const struct field complaint[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "投诉事项", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, state, complaint_states, "进展", .required = true),
    ON("收到日期", .check = "past"),
    FIELD_DATE(struct entry, until, "答复期限", .required = true),
    FIELD_DATE(struct entry, done, "答复日期", .check = "past"),
    FIELD_ID(struct entry, other, staff_id, F_STAFF, "经办人", .required = true),
    FIELD_LONG(struct entry, body, "处理与答复", .max = 4000, .wide = true, .secret = true),
};

/* ---- Personal information: GZ-28; PIPL arts. 55–57 ---- */

static const struct choice breach_kinds[] = {
    { "leaked", "泄露", "Disclosed" }, { "changed", "篡改", "Tampered with" }, { "lost", "丢失", "Lost" },
    { "read", "越权查阅", "Read without right" }, { "other", "其他", "Other" },
};
static const struct field breach[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "事件", .required = true, .max = 160, .help = "不写服务对象的姓名。"),
    FIELD_CHOICE(struct entry, kind, breach_kinds, "类别", .required = true),
    ON("发现日期", .check = "past"),
    FIELD_TEXT(struct entry, number, "涉及的信息种类", .required = true, .max = 200),
    FIELD_INT(struct entry, amount, "涉及人数", .required = true, .min = 0, .max = 10000000, .unit = "人"),
    FIELD_CODES(struct entry, mode, "breach_duty", "已履行的义务", .wide = true),
    FIELD_DATE(struct entry, until, "履行期限", .required = true),
    FIELD_DATE(struct entry, done, "全部履行日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "报告的主管部门和联系方式", .max = 160),
    FIELD_LONG(struct entry, body, "原因、可能的危害和补救措施", .required = true, .max = 4000, .wide = true, .secret = true),
};

/* The term that the duty to report sets, from the day of discovery. */
static int
breach_days(void)
{
    int64_t hours = 0;
    size_t n;
    const struct code_entry *all = codes_entries(codes_table("breach_duty"), &n);
    for (size_t i = 0; i < n; i++) {
        int64_t h = codes_int(&all[i], "hours", 0);
        if (h > hours) hours = h;
    }
    return (int)((hours + 23) / 24);
}

/* It is over when every duty is done (or does not arise, which the text says). */
static bool
breach_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    size_t n;
    const struct code_entry *all = codes_entries(codes_table("breach_duty"), &n);
    bool due = false;
    for (size_t i = 0; i < n; i++) due = due || (codes_flag(&all[i], "always") && !list_has(in->mode, all[i].code.p));
    if (date_known(in->done) && due) rq_invalid(rq, "mode", T("还有必须履行的义务没有完成，不能填写全部履行日期。"));
    return until_after(rq, form);
}
static const struct choice impact_kinds[] = {
    { "sensitive", "处理敏感个人信息", "Sensitive data are processed" },
    { "automated", "利用个人信息进行自动化决策", "Automated decisions" },
    { "given", "委托处理、向他人提供、公开", "Entrusted, given to others, published" },
    { "abroad", "向境外提供", "Given abroad" },
    { "other", "其他对个人权益有重大影响的", "Other with great effect on persons" },
};
static const struct choice impact_results[] = {
    { "fit", "可以处理", "May be processed" },
    { "measures", "采取措施后可以处理", "May be processed with measures" },
    { "unfit", "不得处理", "May not be processed" },
};
static const struct field impact[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "处理活动", .required = true, .max = 160),
    FIELD_CHOICE(struct entry, kind, impact_kinds, "评估情形", .required = true),
    ON("评估日期", .check = "past"),
    FIELD_TEXT(struct entry, party, "评估人", .required = true, .max = 60),
    FIELD_CHOICE(struct entry, state, impact_results, "结论", .required = true),
    FIELD_DATE(struct entry, until, "复评日期", .required = true),
    FIELD_LONG(struct entry, body, "目的和必要性、对个人的影响、保护措施", .required = true, .max = 8000, .wide = true),
};

/* ---- Who and what stands beside the station: MZT-31, NH-01, OR-02, OR-03, OR-10, JL-15, JN-10, HN-20 ---- */

static const struct choice partner_kinds[] = {
    { "government", "政府部门", "Government department" },
    { "organisation", "社会组织", "Social organisation" },
    { "unit", "驻区单位", "Unit of the district" },
    { "owners", "业主委员会", "Owners' committee" },
    { "property", "物业公司", "Property company" },
    { "university", "高校与实训基地", "University, practice base" },
    { "expert", "督导专家", "Supervision expert" },
    { "hospital", "医院", "Hospital" },
    { "school", "学校", "School" },
    { "foundation", "基金会", "Foundation" },
    { "company", "爱心企业", "Company" },
};
static const struct field partner[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "名称", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, partner_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, party, "联系人", .max = 60),
    FIELD_TEXT(struct entry, mode, "联系电话", .max = 20, .check = "phone"),
    FIELD_TEXT(struct entry, number, "协议编号", .max = 60),
    ON("合作起始日期"),
    FIELD_DATE(struct entry, until, "协议有效期至"),
    FIELD_LONG(struct entry, body, "合作内容", .max = 2000, .wide = true),
};
static const struct choice body_kinds[] = {
    { "leading", "领导小组", "Leading group" },
    { "joint", "联席会议", "Joint meeting" },
    { "party", "联合党委（党总支）", "Joint Party committee" },
    { "charity", "慈善组织", "Charity" },
    { "other", "其他议事协调机构", "Other body" },
};
static const struct field body[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "机构名称", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, body_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, party, "组长或召集人", .required = true, .max = 60),
    FIELD_TEXT(struct entry, mode, "职务", .max = 60),
    ON("成立日期"),
    FIELD_DATE(struct entry, until, "撤销日期"),
    FIELD_LONG(struct entry, body, "成员单位", .max = 2000, .wide = true),
};
static const struct choice facility_kinds[] = {
    { "home", "敬老院", "Home for the elderly" },
    { "day", "日间照料中心", "Day-care centre" },
    { "children", "留守儿童之家", "Home of left-behind children" },
    { "service", "社区服务中心", "Community service centre" },
    { "office", "办公与服务用房", "Offices and service rooms" },
    { "lodging", "社工食宿", "Lodging and meals of workers" },
    { "equipment", "设备", "Equipment" },
};
static const struct field facility[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "名称", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, facility_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, number, "地点", .max = 160),
    FIELD_INT(struct entry, amount, "面积", .min = 1, .max = 100000, .unit = "平方米"),
    FIELD_TEXT(struct entry, party, "提供单位", .max = 120),
    ON("启用日期"),
    FIELD_DATE(struct entry, until, "停用日期"),
    FIELD_LONG(struct entry, body, "开放与活动时间", .max = 2000, .wide = true),
};

/* ---- Posts and pay: JL-11, SA-11, GZ-36, MZT-03, HNG-08, JLP-02, JL-41, NH-03 ---- */

static const struct choice platforms[] = {
    { "office", "民政办（所）", "Civil-affairs office" },
    { "centre", "公共服务中心", "Public service centre" },
    { "mediation", "社区人民调解组织", "People's mediation" },
    { "convenience", "社区便民服务中心", "Convenience centre" },
    { "elder", "社区养老服务站", "Elder-care station" },
    { "rehabilitation", "残疾人康复站", "Rehabilitation station" },
    { "correction", "社区矫正机构", "Community correction" },
    { "affairs", "社会事务办", "Social affairs office" },
    { "station", "社工站（室）", "Social-work station" },
};
static const struct field post_plan[] = {
    VERSION,
    UNIT,
    { MEMBER(struct entry, kind, struct str), .kind = F_SINGLE, .choices = post_kinds, .choices_n = POST_KINDS,
      .label = "岗位", .required = true },
    FIELD_CHOICE(struct entry, mode, platforms, "设岗平台", .required = true),
    FIELD_INT(struct entry, amount, "计划人数", .required = true, .min = 1, .max = 500, .unit = "人"),
    FIELD_TEXT(struct entry, number, "服务编码", .max = 20, .help = "岗位说明所对应的服务目录编码，例如 1.2。"),
    ON("设岗日期"),
    FIELD_DATE(struct entry, until, "撤岗日期"),
    FIELD_LONG(struct entry, body, "岗位说明", .max = 2000, .wide = true),
};
static bool
post_check(struct rq *rq, void *form)
{
    return service_code_known(rq, ((const struct entry *)form)->number) && until_after(rq, form);
}
static const struct field pay_table[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "岗位", .required = true, .max = 60),
    FIELD_INT(struct entry, amount, "等级", .required = true, .min = 1, .max = 40),
    FIELD_MONEY(struct entry, money, "月薪酬", .required = true, .unit = "元"),
    ON("执行日期"),
};
static const struct choice wage_kinds[] = { { "guide", "工资指导标准", "Guide wage" },
                                            { "benchmark", "事业单位同类人员标准", "Public institutions" } };
static const struct choice wage_levels[] = {
    { "0", "未持证", "Without certificate" },
    { "1", "助理社会工作师", "Assistant social worker" },
    { "2", "社会工作师", "Social worker" },
    { "3", "高级社会工作师", "Senior social worker" },
};
static const struct field wage[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, wage_kinds, "标准", .required = true),
    FIELD_CHOICE(struct entry, mode, wage_levels, "证书级别", .required = true),
    FIELD_MONEY(struct entry, money, "每月", .required = true, .unit = "元"),
    ON("执行日期"),
    FIELD_TEXT(struct entry, party, "发布单位", .max = 120),
};
static const struct choice cover_groups[] = {
    { "committee", "城乡社区自治组织成员", "Members of self-governing bodies" },
    { "party", "基层党组织成员", "Members of Party organisations" },
    { "workers", "社区专职工作者", "Community workers" },
    { "service", "社区服务人员", "Service staff" },
};
static bool
cover_check(struct rq *rq, void *form)
{
    const struct entry *in = form;
    if (in->amount_2 > in->amount) rq_invalid(rq, "amount_2", T("不能多于总人数。"));
    return rq->errors == NULL;
}
static const struct field cover[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, cover_groups, "人员类别", .required = true),
    FIELD_INT(struct entry, amount, "总人数", .required = true, .min = 1, .max = 1000000, .unit = "人"),
    FIELD_INT(struct entry, amount_2, "已培训", .required = true, .min = 0, .max = 1000000, .unit = "人"),
    ON("统计日期", .check = "past"),
};

/* ---- What the places do beside it: JL-15, JL-18, JL-30, SA-08, GZ-26, GZ-27, GD-12, GD-24, OR-14, ZL-04 ---- */

static const struct choice lead_kinds[] = { { "administrative", "分管领导", "Leader in charge" },
                                            { "professional", "统筹社工（站长）", "Coordinating worker" } };
static const struct field lead[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, lead_kinds, "负责人类别", .required = true),
    FIELD_TEXT(struct entry, party, "姓名", .required = true, .max = 60),
    FIELD_TEXT(struct entry, title, "职务", .required = true, .max = 120),
    ON("任职日期"),
    FIELD_DATE(struct entry, until, "离任日期"),
    FIELD_LONG(struct entry, body, "选拔情况", .required = true, .max = 2000, .wide = true),
};
static const struct field contact[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, party, "包点处室", .required = true, .max = 120),
    FIELD_TEXT(struct entry, title, "派出的督导专家", .required = true, .max = 60),
    FIELD_TEXT(struct entry, number, "派出单位", .required = true, .max = 120),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    NOTE,
};
static const struct choice dispatch_kinds[] = { { "team", "专业团队", "Professional team" },
                                                { "supervisors", "督导团队", "Supervisors" },
                                                { "base", "实训基地", "Practice base" } };
static const struct field dispatch[] = {
    VERSION,
    UNIT,
    FIELD_CHOICE(struct entry, kind, dispatch_kinds, "类别", .required = true),
    FIELD_TEXT(struct entry, party, "派出单位或高校", .required = true, .max = 120),
    FIELD_INT(struct entry, amount, "人数", .required = true, .min = 1, .max = 10000, .unit = "人", .help = "实训基地填学生人数。"),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期", .required = true),
    FIELD_TEXT(struct entry, number, "协议编号", .max = 60),
    NOTE,
};
static const struct choice support_kinds[] = { { "threshold", "降低门槛", "Lower threshold" },
                                               { "premises", "提供服务场所", "Premises" },
                                               { "purchase", "政府购买服务", "Purchase of services" },
                                               { "volunteers", "组织志愿服务", "Volunteers" } };
static const struct field support[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, party, "受扶持的机构", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, support_kinds, "扶持方式", .required = true),
    FIELD_TEXT(struct entry, title, "扶持内容", .required = true, .max = 200),
    FIELD_MONEY(struct entry, money, "金额", .unit = "元"),
    ON("日期"),
    NOTE,
};
static const struct field brand[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "品牌名称", .required = true, .max = 120),
    ON("创建日期"),
    FIELD_LONG(struct entry, body, "成效与依据", .required = true, .max = 4000, .wide = true),
};
static const struct field feedback[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "政策", .required = true, .max = 160),
    FIELD_LONG(struct entry, body, "成效与不足", .required = true, .max = 2000, .wide = true),
    FIELD_LONG(struct entry, mode, "建议", .required = true, .max = 1000, .wide = true),
    FIELD_TEXT(struct entry, party, "报送单位", .required = true, .max = 120),
    ON("报送日期", .check = "past"),
    FIELD_DATE(struct entry, until, "应答复日期", .required = true),
    FIELD_DATE(struct entry, done, "答复日期", .check = "past"),
    FIELD_LONG(struct entry, state, "答复", .max = 2000, .wide = true),
};
static const struct field handed_down[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, party, "下沉部门", .required = true, .max = 120),
    FIELD_TEXT(struct entry, title, "下沉事项", .required = true, .max = 200),
    FIELD_MONEY(struct entry, money, "经费", .required = true, .unit = "元"),
    FIELD_TEXT(struct entry, number, "合同编号", .max = 60),
    ON("起始日期"),
    FIELD_DATE(struct entry, until, "结束日期"),
    NOTE,
};
static const struct field programme[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "名称", .required = true, .max = 120),
    FIELD_TEXT(struct entry, mode, "前身", .max = 200),
    FIELD_TEXT(struct entry, number, "启动文件", .required = true, .max = 120),
    ON("启动日期"),
    FIELD_DATE(struct entry, until, "计划完成日期", .required = true),
    NOTE,
};
static const struct choice trainer_levels[] = { { "province", "省级", "Province" },
                                                { "city", "市级", "City" },
                                                { "county", "县级", "County" } };
static const struct field trainer[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "姓名", .required = true, .max = 60),
    FIELD_TEXT(struct entry, party, "擅长领域", .required = true, .max = 120),
    FIELD_CHOICE(struct entry, kind, trainer_levels, "级别", .required = true),
    FIELD_TEXT(struct entry, number, "所在单位", .max = 120),
    FIELD_INT(struct entry, amount, "已授课次数", .min = 0, .max = 10000),
    FIELD_INT(struct entry, amount_2, "评分", .min = 0, .max = 100),
    ON("入库日期"),
    FIELD_DATE(struct entry, until, "有效期至"),
};
static const struct field lesson[] = {
    VERSION,
    UNIT,
    FIELD_TEXT(struct entry, title, "课程", .required = true, .max = 160),
    FIELD_TEXT(struct entry, party, "授课人", .required = true, .max = 120),
    ON("上课日期"),
    FIELD_INT(struct entry, amount, "学时", .required = true, .min = 1, .max = 200),
    FIELD_INT(struct entry, amount_2, "到课人数", .min = 0, .max = 10000, .help = "签到表作为证明材料上传。"),
    FIELD_TEXT(struct entry, number, "地点", .max = 120),
    NOTE,
};

#define DOCUMENTS T("文件与制度")
#define FILING T("备案与责任")
#define PRIVACY T("个人信息保护")
#define BESIDE T("合作与设施")
#define POSTS T("岗位与标准")
const struct ledger unit_ledgers[] = {
    { "standard", T("标准"), DOCUMENTS, T("适用的国家、行业和地方标准。"), "number title kind party on", ABOUT_UNIT,
      CLOCK_VALID, .down = true, .form = LEDGER_CHECKED(standard, until_after) },
    { "policy", T("政策文件"), DOCUMENTS, T("发文单位、日期和依据。"), "title number party on mode", ABOUT_UNIT,
      .down = true, .form = LEDGER(policy) },
    { "institution", T("制度"), DOCUMENTS, T("每一次修订是一个新的版本，旧版本仍可查看；到复审日期的列出来。"),
      "title kind number on until", ABOUT_UNIT, CLOCK_VALID, .down = true, .versions = true,
      .form = LEDGER_CHECKED(institution, until_after) },
    { "programme", T("工程与计划"), DOCUMENTS, T("前身、启动文件和计划完成的日期。"), "title mode number on until", ABOUT_UNIT,
      .down = true, .form = LEDGER_CHECKED(programme, until_after) },
    { "filing", T("备案"), FILING, T("需要在期限内备案的事项。"), "kind title on until done number", ABOUT_UNIT,
      CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未备案"), .form = LEDGER_CHECKED(filing, until_after) },
    { "duty", T("监管责任"), FILING, T("谁负什么责任，是否已经签署。"), "kind party title until done", ABOUT_UNIT,
      CLOCK_TERM, .undone = T("未签署"), .form = LEDGER_CHECKED(duty, until_after) },
    { "risk", T("风险"), FILING, T("风险、等级、措施、负责人和复查日期。"), "title kind other on until done",
      ABOUT_UNIT, CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未解除"),
      .form = LEDGER_CHECKED(risk, until_after) },
    { "complaint", T("投诉"), FILING, T("从收到到结案；逾期未答复的列出来。"), "title state on until done other",
      ABOUT_UNIT, CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未答复"), .steps = true,
      .form = LEDGER_CHECKED(complaint, complaint_check) },
    { "feedback", T("政策反馈"), FILING, T("向政府反馈政策执行的成效与不足；逾期未答复的列出来。"), "title party on until done",
      ABOUT_UNIT, CLOCK_TERM, .writes = LEDGER_WRITE, .undone = T("未答复"),
      .form = LEDGER_CHECKED(feedback, until_after) },
    { "lead", T("站点负责人"), FILING, T("分管领导负责管理，统筹社工负责专业服务；写明选拔情况。"), "party kind title on until",
      ABOUT_UNIT, .form = LEDGER_CHECKED(lead, until_after) },
    { "breach", T("个人信息安全事件"), PRIVACY, T("泄露、篡改、丢失：从发现到报告和通知。只有负责人可以查看。"),
      "title kind on amount until done", ABOUT_UNIT, CLOCK_TERM, .undone = T("未履行完"), .closed = true, .days = breach_days,
      .form = LEDGER_CHECKED(breach, breach_check) },
    { "impact", T("影响评估"), PRIVACY, T("处理敏感个人信息以前的评估；报告至少保存三年，到复评日期的列出来。"),
      "title kind on state party until", ABOUT_UNIT, CLOCK_VALID, .form = LEDGER_CHECKED(impact, until_after) },
    { "partner", T("合作单位"), BESIDE, T("联系人、协议和有效期；30天内到期的列出来。"),
      "title kind party number until", ABOUT_UNIT, CLOCK_VALID, .writes = LEDGER_WRITE,
      .form = LEDGER_CHECKED(partner, until_after) },
    { "body", T("议事协调机构"), BESIDE, T("领导小组、联席会议、联合党委等。"), "title kind party mode on", ABOUT_UNIT,
      .down = true, .form = LEDGER_CHECKED(body, until_after) },
    { "dispatch", T("派驻与实训"), BESIDE, T("选派的专业团队和督导团队，与高校共建的实训基地。"), "party kind amount on until",
      ABOUT_UNIT, CLOCK_VALID, .writes = LEDGER_WRITE, .form = LEDGER_CHECKED(dispatch, until_after) },
    { "contact", T("包点联系"), BESIDE, T("每个站的包点处室和派出的督导专家。"), "title party number on until", ABOUT_UNIT,
      .form = LEDGER_CHECKED(contact, until_after) },
    { "support", T("机构扶持"), BESIDE, T("对社会工作服务机构的扶持。"), "title party kind money on", ABOUT_UNIT,
      .form = LEDGER(support) },
    { "handed_down", T("部门下沉事项"), BESIDE, T("各部门下沉到社工站、由政府购买的事项。"), "title party money number on",
      ABOUT_UNIT, .form = LEDGER_CHECKED(handed_down, until_after) },
    { "brand", T("服务品牌"), BESIDE, NULL, "title on", ABOUT_UNIT, .writes = LEDGER_WRITE, .form = LEDGER(brand) },
    { "facility", T("设施"), BESIDE, T("服务场所、办公用房和社工食宿。"), "title kind number amount party", ABOUT_UNIT,
      .writes = LEDGER_WRITE, .form = LEDGER_CHECKED(facility, until_after) },
    { "post_plan", T("岗位设置"), POSTS, T("各单位计划设置的岗位；到岗和空缺见“岗位与空缺”。"),
      "kind mode amount number on", ABOUT_UNIT, .form = LEDGER_CHECKED(post_plan, post_check) },
    { "pay_table", T("薪酬等级表"), POSTS, T("一岗一酬：同一岗位的同一等级只能有一个薪酬。"), "title amount money on",
      ABOUT_UNIT, .down = true, .form = LEDGER(pay_table) },
    { "wage", T("工资标准"), POSTS, T("按证书级别的工资指导标准和事业单位标准，对下级单位有效。"),
      "kind mode money on party", ABOUT_UNIT, .down = true, .form = LEDGER(wage) },
    { "cover", T("培训覆盖"), POSTS, T("四类人员掌握社会工作方法的培训覆盖率。"), "kind amount amount_2 on", ABOUT_UNIT,
      .form = LEDGER_CHECKED(cover, cover_check) },
    { "trainer", T("培训人才库"), POSTS, T("可以授课的人和擅长的领域。"), "title party kind amount amount_2", ABOUT_UNIT,
      CLOCK_VALID, .down = true, .form = LEDGER_CHECKED(trainer, until_after) },
    { "lesson", T("培训课程"), POSTS, T("课程安排、学时和到课人数。"), "title on party amount amount_2", ABOUT_UNIT,
      .down = true, .calendar = true, .form = LEDGER(lesson) },
};
const size_t unit_ledgers_n = COUNT(unit_ledgers);
