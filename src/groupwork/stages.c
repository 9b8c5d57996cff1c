/* The periods of a group: check lists out of the forms and by hand, and the line of guidance (domain 6.2.1–6.2.5). */
#include "base/data.h"
#include "groupwork/group.h"

enum { STAGES_MAX = 8, ITEMS_MAX = 12, PROMPTS_MAX = 8 };

struct item { const char *code, *zh, *en; const char *proofs[4]; size_t proofs_n; };
struct stage {
    const char *stage, *clause, *says[3][2];            /* position, role, tone; Chinese, English */
    struct item items[ITEMS_MAX];
    size_t items_n;
    const char *prompts[PROMPTS_MAX][2];
    size_t prompts_n;
};
static struct arena memory;
static struct stage stages[STAGES_MAX];
static size_t stages_n;

static const char *
keep(const json_t *j, const char *name)
{
    const char *v = json_string_value(json_object_get(j, name));
    return v == NULL ? NULL : str_dup(&memory, str_of(v)).p;
}

static void
read_stage(const json_t *j, struct stage *s)
{
    static const char *const says[3][2] = { { "position", "position_en" }, { "role", "role_en" }, { "tone", "tone_en" } };
    const json_t *items = json_object_get(j, "items"), *prompts = json_object_get(j, "prompts");
    *s = (struct stage){ .stage = keep(j, "stage"), .clause = keep(j, "clause") };
    for (size_t i = 0; i < COUNT(says); i++)
        for (size_t l = 0; l < 2; l++) s->says[i][l] = keep(j, says[i][l]);
    for (size_t i = 0; i < json_array_size(items) && i < ITEMS_MAX; i++) {
        const json_t *one = json_array_get(items, i), *proofs = json_object_get(one, "proven_by");
        struct item *it = &s->items[s->items_n++];
        *it = (struct item){ .code = keep(one, "code"), .zh = keep(one, "zh"), .en = keep(one, "en") };
        for (size_t p = 0; p < json_array_size(proofs) && p < COUNT(it->proofs); p++)
            it->proofs[it->proofs_n++] = str_dup(&memory, str_of(json_string_value(json_array_get(proofs, p)))).p;
    }
    for (size_t i = 0; i < json_array_size(prompts) && i < PROMPTS_MAX; i++, s->prompts_n++) {
        s->prompts[i][0] = keep(json_array_get(prompts, i), "zh");
        s->prompts[i][1] = keep(json_array_get(prompts, i), "en");
    }
}

bool
group_stages_load(void)
{
    struct str text = data_file("forms/group_stages.json");
    json_error_t why;
    json_t *doc = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why) : NULL, *list = json_object_get(doc, "stages"), *j;
    size_t i;
    stages_n = 0;
    json_array_foreach(list, i, j)
        if (stages_n < STAGES_MAX) read_stage(j, &stages[stages_n++]);
    if (doc == NULL) log_error("forms/group_stages.json:%d: %s", text.p ? why.line : 0, text.p ? why.text : "missing");
    json_decref(doc);
    return stages_n > 0;
}

static const struct stage *
stage_of(struct str code)
{
    for (size_t i = 0; i < stages_n; i++)
        if (str_is(code, stages[i].stage)) return &stages[i];
    return NULL;
}

struct str
group_guidance(struct arena *a, enum lang lang, struct str period)
{
    const struct stage *s = stage_of(period);
    struct buf b = { .arena = a };
    for (size_t i = 0; s != NULL && i < COUNT(s->says); i++) {
        const char *text = s->says[i][lang == LANG_EN];
        if (text != NULL) putf(&b, "%s%s", b.n ? (lang == LANG_EN ? "; " : "；") : "", text);        /* not shown */
    }
    return buf_str(&b);
}

/* ---- What is done ---- */

static bool
filled(const json_t *doc, const char *key)
{
    return doc_text(doc, key).n > 0 || doc_rows(doc, key) > 0;
}

static bool
all_members(struct rq *rq, struct groupfile *k, bool contract)
{
    struct group_members_row *m;
    size_t n = group_people(rq, k, &m), here = 0;
    for (size_t i = 0; i < n; i++) {
        if (!str_is(m[i].state, "accepted")) continue;
        here++;
        if (contract ? !date_known(m[i].signed_on) : m[i].personal_goal.n == 0) return false;
    }
    return here > 0 && (!contract || k->g.contract.n > 0);
}

/* "H.goals": the field of the plan is filled; "J": some record of this period was handed in; "J.ticks=forming.1": one of them says so. */
static bool
proven(struct rq *rq, struct groupfile *k, const char *stage, const char *proof)
{
    struct group_members_row *m;
    struct str rest = str_of(proof), head = str_cut(&rest, '.');
    if (strcmp(proof, "members") == 0) return group_people(rq, k, &m) > 0;
    if (strcmp(proof, "goals") == 0) return all_members(rq, k, false);
    if (strcmp(proof, "contract") == 0) return all_members(rq, k, true);
    struct str value = rest, key = rest.n ? str_cut(&value, '=') : NO_STR;
    group_sheet(rq, k, "H", 0);                         /* loads them all */
    for (size_t i = 0; i < k->sheets_n; i++) {
        const struct sheet_done *s = &k->sheets[i];
        if (!str_eq(s->row->form, head)) continue;
        if (str_is(head, "J") && !str_is(doc_text(s->doc, "period"), stage)) continue;
        if (key.n == 0 || (value.n == 0 && filled(s->doc, str_z(rq->arena, key)))) return true;
        for (struct str list = value.n ? doc_text(s->doc, str_z(rq->arena, key)) : NO_STR; list.n;)
            if (str_eq(str_cut(&list, ','), value)) return true;
    }
    return false;
}

size_t
group_check_list(struct rq *rq, struct groupfile *k, struct group_tick **ticks, const char ***prompts, size_t *prompts_n)
{
    const struct stage *s = stage_of(k->g.state);
    struct group_ticks_row *rows;
    *prompts_n = 0;
    if (s == NULL) return 0;
    size_t n = group_ticks(rq->db, &rows, id_area(k->g.id.v), k->g.id);
    *ticks = NEW(rq->arena, struct group_tick, s->items_n + 1);
    *prompts = NEW(rq->arena, const char *, s->prompts_n + 1);
    for (size_t i = 0; i < s->prompts_n; i++) (*prompts)[(*prompts_n)++] = s->prompts[i][rq->lang == LANG_EN];
    for (size_t i = 0; i < s->items_n; i++) {
        const struct item *it = &s->items[i];
        const struct group_ticks_row *t = NULL;
        bool done = it->proofs_n > 0;
        for (size_t r = 0; r < n; r++)
            if (str_is(rows[r].item, it->code)) t = &rows[r];
        for (size_t p = 0; p < it->proofs_n && done; p++) done = proven(rq, k, s->stage, it->proofs[p]);
        (*ticks)[i] = (struct group_tick){ .code = it->code, .text = rq->lang == LANG_EN ? it->en : it->zh, .clause = s->clause, .done = done || t != NULL,
                                           .by_hand = t != NULL, .not_needed = t != NULL && str_is(t->state, "not_needed"),
                                           .reason = t ? t->reason : NO_STR };
    }
    return s->items_n;
}
