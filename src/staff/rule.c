/* What the profession asks of who works here: R-MZT-Q1, R-NH-S2. */
#include "network/network.h"
#include "staff/rule.h"
#include "staff/staff.h"
#include "view/view.h"

bool
education_qualifies(struct str major, struct str education)
{
    return str_has(major, STR("社会工作")) && education.n > 0 && education.p[0] >= '1' && education.p[0] <= '3';   /* not shown */
}

static bool
certified(struct db *db, int64_t area, struct staff_id staff, struct date day)
{
    struct certificate_by_day_row held;
    return certificate_by_day(db, &held, area, staff, day) && held.total > 0;
}

bool
is_qualified(struct db *db, int64_t area, struct staff_id staff, struct date day)
{
    struct staff_get_row s;
    if (!staff_get(db, &s, area, staff)) return false;
    return education_qualifies(s.major, s.education) || certified(db, area, staff, day);
}

static void
reason(struct buf *b, enum lang lang, const char *zh)
{
    if (b->n) put(b, " ", lang == LANG_EN ? 1 : 0);
    put_raw(b, str_of(tr(lang, zh)));
}

struct str
head_refused(struct db *db, enum lang lang, int64_t area, struct staff_id staff, struct unit_id unit, struct date day)
{
    struct staff_get_row s;
    struct unit_level level;
    struct buf b = { .arena = db_arena(db) };

    if (!unit_level_of(db, unit, &level) || level.rule->head_rule.n == 0) return NO_STR;
    if (!staff_get(db, &s, area, staff)) return str_of(tr(lang, T("没有这个人员。")));
    int months = (int)profile_param(level.profile, "head_experience_months", 24);
    if (!date_known(s.service_from) || date_diff(day, date_add_months(s.service_from, months)) < 0)
        put_raw(&b, tr_fmt(db_arena(db), lang, T("负责人须有 %d 个月以上的社会工作服务经验。"), months));
    if (!certified(db, area, staff, day)) reason(&b, lang, T("负责人须持有社会工作者职业水平证书。"));
    if (!str_is(s.political, "01")) reason(&b, lang, T("负责人须是中共党员。"));
    return b.n ? buf_str(&b) : NO_STR;
}
