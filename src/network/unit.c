/* Opening, renaming, moving, merging and closing units, and what the tree was on a day. */
#include "codes/division.h"
#include "network/network.h"
#include "network/unit_sql.h"
#include "tally/rollup.h"
#include "rules/run.h"
#include "view/view.h"

static void
note(struct db *db, const struct unit_get_row *u, struct date on, const char *kind, struct str was, struct str became, struct user_id by)
{
    unit_event_put(db, .id = { id_next(u->area) }, .unit = u->id, .on_date = on, .kind = str_of(kind), .was = was, .became = became, .by = by);
    rules_touch(db, u->id);
}

static struct str
id_text(struct db *db, struct unit_id id)
{
    return id.v ? str_fmt(db_arena(db), "%lld", (long long)id.v) : NO_STR;
}

static struct str
why(struct db *db, enum lang lang, const char *zh)
{
    return str_dup(db_arena(db), str_of(tr(lang, zh)));
}

/* The table calls a community by its residents' committee and a village by its villagers' committee. */
static struct str
place_name(struct arena *a, struct str name)
{
    static const struct { const char *tail, *instead; } tails[] = {
        { "社区居民委员会", "社区" }, { "社区居委会", "社区" }, { "居民委员会", "社区" },   /* not shown */
        { "居委会", "社区" }, { "村民委员会", "村" }, { "村委会", "村" },                   /* not shown */
    };
    for (size_t i = 0; i < COUNT(tails); i++) {
        struct str tail = str_of(tails[i].tail);
        if (str_ends(name, tail) && name.n > tail.n)
            return str_fmt(a, "%.*s%s", (int)(name.n - tail.n), name.p, tails[i].instead);
    }
    return name;
}

/* The profile's pattern with the names filled in. */
static struct str
name_from(struct arena *a, const struct profile *p, const struct profile_level *l, const struct unit_new *in, struct str division)
{
    struct buf b = { .arena = a };
    struct str rest = l->name;
    while (rest.n) {
        if (str_starts(rest, STR("{division}"))) {
            put_raw(&b, place_name(a, division));
            rest = (struct str){ rest.p + 10, rest.n - 10 };
        } else if (str_starts(rest, STR("{region}"))) {
            put_raw(&b, str_of(profile_region_label(p, in->region, LANG_ZH)));
            rest = (struct str){ rest.p + 8, rest.n - 8 };
        } else {
            put(&b, rest.p++, 1);
            rest.n--;
        }
    }
    return buf_str(&b);
}

/* The digits of the division that say something, and the region of a centre: "350424100", "350424-east". */
static struct str
code_from(struct arena *a, const struct profile_level *l, const struct unit_new *in)
{
    size_t n = 12;
    if (str_ends(in->division, STR("000000"))) n = 6;
    else if (str_ends(in->division, STR("000"))) n = 9;
    struct str digits = { in->division.p, n };
    return str_is(l->scope, "area") ? str_fmt(a, "%.*s-%.*s", FMT(digits), FMT(in->region)) : digits;
}

/* The parent must be of the level that the profile asks for. */
static struct str
parent_refused(struct db *db, enum lang lang, const struct profile *p, const struct profile_level *l, struct unit_id parent,
               struct str division, struct date on)
{
    struct unit_get_row up;
    if (l->parent.n == 0)
        return parent.v == 0 ? NO_STR : tr_fmt(db_arena(db), lang, T("%s是最上一级，没有上级单位。"), profile_level_label(p, l->code, lang));
    if (parent.v == 0 || !unit_get(db, &up, parent) || !str_eq(up.level, l->parent) || !str_eq(up.profile, p->code))
        return tr_fmt(db_arena(db), lang, T("%s的上级必须是%s。"), profile_level_label(p, l->code, lang), profile_level_label(p, l->parent, lang));
    if (date_known(up.closed_on)) return why(db, lang, T("上级单位已经关闭。"));
    if (date_diff(on, up.opened_on) < 0) return why(db, lang, T("不能早于上级单位的成立日期。"));
    if (!division_in(division, up.division)) return why(db, lang, T("行政区划不在上级单位的范围内。"));
    return NO_STR;
}

static struct str
division_refused(struct db *db, enum lang lang, struct str code, struct str *name)
{
    struct unit_division_row d;
    struct unit_divisions_known_row known;

    *name = code;
    if (division_level(code) == DIVISION_BAD) return why(db, lang, T("行政区划代码应为 12 位数字。"));
    if (unit_division(db, &d, code)) {
        *name = d.name;
        return date_known(d.valid_to) ? why(db, lang, T("这个行政区划已经撤销。")) : NO_STR;
    }
    return unit_divisions_known(db, &known) && known.total > 0 ? why(db, lang, T("没有这个行政区划。")) : NO_STR;
}

struct str
unit_create(struct db *db, enum lang lang, const struct unit_new *in, struct unit_id *made)
{
    struct arena *a = db_arena(db);
    const struct profile *p = profile_of(in->profile);
    const struct profile_level *l = profile_level(p, in->level);
    struct str division, refused;
    int64_t area;

    *made = (struct unit_id){ 0 };
    if (l == NULL) return why(db, lang, T("这个地方的网络没有这一级。"));
    refused = parent_refused(db, lang, p, l, in->parent, in->division, in->opened_on);
    if (refused.n == 0) refused = division_refused(db, lang, in->division, &division);
    if (refused.n) return refused;
    if (str_is(l->scope, "area") && profile_region_label(p, in->region, lang)[0] == '\0') return why(db, lang, T("请选择片区。"));
    if (!str_int((struct str){ in->division.p, 6 }, &area)) return why(db, lang, T("行政区划代码应为 12 位数字。"));
    struct unit_get_row u = { .id = { id_next(area) }, .area = area };
    struct str name = in->name.n ? in->name : name_from(a, p, l, in, division);
    struct str code = in->code.n ? in->code : code_from(a, l, in);
    if (unit_insert(db, .id = u.id, .area = area, .code = code, .profile = in->profile, .level = in->level, .parent = in->parent,
                    .name = name, .division = in->division, .region = in->region, .run_mode = in->run_mode, .premises = in->premises,
                    .address = in->address, .hotline = in->hotline, .opened_on = in->opened_on) == 0)
        return tr_fmt(a, lang, T("站点编号 %s 已经有单位使用。"), str_z(a, code));
    unit_closure_add(db, u.id, in->parent);
    unit_count_one(db, u.id, 1);
    note(db, &u, in->opened_on, "opened", NO_STR, name, in->by);
    *made = u.id;
    return NO_STR;
}

/* The unit must be open, and no later change may already be known. */
static struct str
change_refused(struct db *db, enum lang lang, struct unit_id id, struct date on, struct unit_get_row *u)
{
    struct unit_last_change_row last;
    if (!unit_get(db, u, id)) return why(db, lang, T("没有这个单位。"));
    if (date_known(u->closed_on)) return why(db, lang, T("这个单位已经关闭。"));
    if (date_diff(on, today()) > 0) return why(db, lang, T("日期不能在今天以后。"));
    if (unit_last_change(db, &last, id) && date_diff(on, last.on_date) < 0) return why(db, lang, T("此日期以后已有变更，不能补记更早的变更。"));
    return NO_STR;
}

struct str
unit_rename(struct db *db, enum lang lang, struct unit_id id, struct str name, struct date on, struct user_id by)
{
    struct unit_get_row u;
    struct str refused = change_refused(db, lang, id, on, &u);
    if (refused.n) return refused;
    if (str_trim(name).n == 0 || str_eq(u.name, name)) return why(db, lang, T("请填写新的名称。"));
    unit_set_name(db, id, name);
    note(db, &u, on, "renamed", u.name, name, by);
    return NO_STR;
}

static void
hang(struct db *db, const struct unit_get_row *u, struct unit_id parent, struct date on, const char *kind, struct user_id by)
{
    rollup_leave(db, u->area, u->id);
    rules_touch(db, u->id);             /* those it hung under until now; note() touches the new ones */
    unit_count_hang(db, u->id, -1);
    unit_closure_cut(db, u->id);
    unit_closure_hang(db, u->id, parent);
    unit_count_hang(db, u->id, 1);
    rollup_arrive(db, u->area, u->id, u->parent, parent);
    unit_set_parent(db, u->id, parent);
    note(db, u, on, kind, id_text(db, u->parent), id_text(db, parent), by);
}

static bool
is_above(struct db *db, struct unit_id top, struct unit_id unit)
{
    struct unit_above_row above;
    return unit_above(db, &above, top, unit) && above.total > 0;
}

struct str
unit_move(struct db *db, enum lang lang, struct unit_id id, struct unit_id parent, struct date on, struct user_id by)
{
    struct unit_get_row u;
    struct str refused = change_refused(db, lang, id, on, &u);
    if (refused.n) return refused;
    const struct profile *p = profile_of(u.profile);
    const struct profile_level *l = profile_level(p, u.level);
    if (l == NULL) return why(db, lang, T("这个地方的网络没有这一级。"));
    refused = parent_refused(db, lang, p, l, parent, u.division, on);
    if (refused.n) return refused;
    if (parent.v == u.parent.v || is_above(db, id, parent)) return why(db, lang, T("请选择另一个上级单位。"));
    hang(db, &u, parent, on, "moved", by);
    return NO_STR;
}

struct str
unit_close(struct db *db, enum lang lang, struct unit_id id, struct date on, struct user_id by)
{
    struct unit_get_row u;
    struct unit_open_below_row *below;
    struct str refused = change_refused(db, lang, id, on, &u);
    if (refused.n) return refused;
    size_t n = unit_open_below(db, &below, id);
    if (n > 0) return tr_fmt(db_arena(db), lang, T("还有 %d 个下级单位没有关闭，请先移走或关闭。"), (int)n);
    unit_set_closed(db, id, on, (struct unit_id){ 0 });
    unit_count_one(db, id, -1);
    note(db, &u, on, "closed", NO_STR, NO_STR, by);
    return NO_STR;
}

struct str
unit_merge(struct db *db, enum lang lang, struct unit_id id, struct unit_id into, struct date on, struct user_id by)
{
    struct unit_get_row u, to, child;
    struct unit_open_below_row *below;
    struct str refused = change_refused(db, lang, id, on, &u);

    if (refused.n) return refused;
    if (id.v == into.v || !unit_get(db, &to, into) || date_known(to.closed_on) || !str_eq(to.level, u.level) || !str_eq(to.profile, u.profile))
        return why(db, lang, T("只能并入另一个同级的、未关闭的单位。"));
    if (date_diff(on, to.opened_on) < 0) return why(db, lang, T("不能早于并入单位的成立日期。"));
    size_t n = unit_open_below(db, &below, id);
    for (size_t i = 0; i < n; i++) {
        refused = change_refused(db, lang, below[i].id, on, &child);
        if (refused.n) return refused;
    }
    for (size_t i = 0; i < n; i++)
        if (unit_get(db, &child, below[i].id)) hang(db, &child, into, on, "moved", by);
    hang(db, &u, into, on, "merged", by);
    unit_set_closed(db, id, on, into);
    unit_count_one(db, id, -1);
    return NO_STR;
}

struct str
unit_name_on(struct db *db, struct unit_id id, struct date day)
{
    struct unit_old_value_row old;
    if (unit_old_value(db, &old, id, day, STR("renamed"), STR("renamed"))) return old.was;
    return unit_name(db, id);
}

struct unit_id
unit_parent_on(struct db *db, struct unit_id id, struct date day)
{
    struct unit_old_value_row old;
    struct unit_get_row u;
    int64_t parent = 0;
    if (!unit_old_value(db, &old, id, day, STR("moved"), STR("merged")))
        return unit_get(db, &u, id) ? u.parent : (struct unit_id){ 0 };
    if (old.was.n) str_int(old.was, &parent);
    return (struct unit_id){ parent };
}

bool
unit_by_code(struct db *db, struct str code, struct unit_id *unit)
{
    struct unit_find_code_row r;
    bool found = unit_find_code(db, &r, code);
    *unit = r.id;
    return found;
}

struct str
unit_name(struct db *db, struct unit_id id)
{
    struct unit_get_row u;
    return unit_get(db, &u, id) ? u.name : NO_STR;
}

int64_t
unit_area(struct db *db, struct unit_id id)
{
    struct unit_get_row u;
    return unit_get(db, &u, id) ? u.area : 0;
}

int64_t
unit_county(struct db *db, struct unit_id id)
{
    struct unit_get_row u;
    return unit_get(db, &u, id) && division_level(u.division) >= DIVISION_COUNTY ? u.area : 0;
}

bool
unit_level_of(struct db *db, struct unit_id id, struct unit_level *out)
{
    struct unit_get_row u;
    if (!unit_get(db, &u, id)) return false;
    out->profile = profile_of(u.profile);
    out->rule = profile_level(out->profile, u.level);
    return out->rule != NULL;
}
