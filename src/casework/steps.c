/* The plan's steps and the stage check lists: what is done, out of the forms and by hand. */
#include "base/data.h"
#include "casework/casework.h"

enum { STAGES_MAX = 8, ITEMS_MAX = 16 };

struct stage_item { const char *code, *zh, *en, *clause; const char *proofs[6]; size_t proofs_n; };
struct stage { const char *stage; struct stage_item items[ITEMS_MAX]; size_t items_n; struct { const char *zh, *en; } prompts[8]; size_t prompts_n; };

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
read_item(const json_t *j, struct stage_item *it)
{
    const json_t *proofs = json_object_get(j, "proven_by");
    *it = (struct stage_item){ .code = keep(j, "code"), .zh = keep(j, "zh"), .en = keep(j, "en"), .clause = keep(j, "clause") };
    for (size_t i = 0; i < json_array_size(proofs) && it->proofs_n < COUNT(it->proofs); i++)
        it->proofs[it->proofs_n++] = str_dup(&memory, str_of(json_string_value(json_array_get(proofs, i)))).p;
}

bool
stages_load(void)
{
    struct str text = data_file("forms/stages.json");
    json_error_t why;
    json_t *doc = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why) : NULL, *list = json_object_get(doc, "stages"), *j;
    size_t i;
    stages_n = 0;
    json_array_foreach(list, i, j) {
        if (stages_n == STAGES_MAX) break;
        struct stage *s = &stages[stages_n++];
        const json_t *items = json_object_get(j, "items"), *prompts = json_object_get(j, "prompts");
        *s = (struct stage){ .stage = keep(j, "stage") };
        for (size_t n = 0; n < json_array_size(items) && n < ITEMS_MAX; n++) read_item(json_array_get(items, n), &s->items[s->items_n++]);
        for (size_t n = 0; n < json_array_size(prompts) && n < COUNT(s->prompts); n++, s->prompts_n++) {
            s->prompts[n].zh = keep(json_array_get(prompts, n), "zh");
            s->prompts[n].en = keep(json_array_get(prompts, n), "en");
        }
    }
    if (doc == NULL) log_error("forms/stages.json:%d: %s", text.p ? why.line : 0, text.p ? why.text : "missing");
    json_decref(doc);
    return stages_n > 0;
}

static const struct case_ticks_row *
tick_of(const struct case_ticks_row *rows, size_t n, const char *item)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].item, item)) return &rows[i];
    return NULL;
}

/* "D.steps:2" stands among the links of a record. */
static bool
linked(const struct record_links_row *rows, size_t n, const char *item)
{
    for (size_t i = 0; i < n; i++)
        for (struct str list = rows[i].links; list.n;)
            if (str_is(str_cut(&list, ','), item)) return true;
    return false;
}

size_t
case_steps(struct rq *rq, const struct casefile *k, struct step **list)
{
    const json_t *d = case_form(rq, k, "D");
    int64_t area = id_area(k->c.id.v);
    size_t n = d ? doc_rows(d, "steps") : 0;
    struct case_ticks_row *ticks;
    struct record_links_row *links;
    size_t ticks_n = case_ticks(rq->db, &ticks, area, k->c.id), links_n = record_links(rq->db, &links, area, k->c.id);

    *list = NEW(rq->arena, struct step, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *item = str_fmt(rq->arena, "D.steps:%zu", i + 1).p;
        const struct case_ticks_row *t = tick_of(ticks, ticks_n, item);
        (*list)[i] = (struct step){
            .action = doc_cell(d, "steps", i, "action"), .number = (int64_t)i + 1, .done = t != NULL || linked(links, links_n, item),
            .reason = t != NULL ? t->reason : NO_STR,
        };
    }
    return n;
}

/* "A.source": the field is filled; "A": the form was handed in; "E.direct_kinds=change": some record has the value. */
static bool
proven(struct rq *rq, const struct casefile *k, const char *proof)
{
    char letter[2] = { proof[0], 0 };
    if (proof[0] == 'E') return k->c.contacts > 0;
    const json_t *doc = case_form(rq, k, letter);
    if (doc == NULL || proof[1] != '.') return doc != NULL;
    return doc_text(doc, proof + 2).n > 0 || doc_rows(doc, proof + 2) > 0 || json_is_object(json_object_get(doc, proof + 2));
}

size_t
case_check_list(struct rq *rq, const struct casefile *k, struct tick **ticks, struct prompt **prompts, size_t *prompts_n)
{
    struct case_ticks_row *rows;
    size_t rows_n = case_ticks(rq->db, &rows, id_area(k->c.id.v), k->c.id);
    *prompts_n = 0;
    for (size_t s = 0; s < stages_n; s++) {
        if (!str_is(k->c.state, stages[s].stage)) continue;
        const struct stage *st = &stages[s];
        *ticks = NEW(rq->arena, struct tick, st->items_n + 1);
        *prompts = NEW(rq->arena, struct prompt, st->prompts_n + 1);
        *prompts_n = st->prompts_n;
        for (size_t i = 0; i < st->prompts_n; i++) (*prompts)[i].text = rq->lang == LANG_EN ? st->prompts[i].en : st->prompts[i].zh;
        for (size_t i = 0; i < st->items_n; i++) {
            const struct stage_item *it = &st->items[i];
            const struct case_ticks_row *t = tick_of(rows, rows_n, it->code);
            bool done = it->proofs_n > 0;
            for (size_t p = 0; p < it->proofs_n; p++) done = done && proven(rq, k, it->proofs[p]);
            (*ticks)[i] = (struct tick){
                .code = it->code, .text = rq->lang == LANG_EN ? it->en : it->zh, .clause = it->clause, .done = done || t != NULL,
                .by_hand = t != NULL, .not_needed = t != NULL && str_is(t->state, "not_needed"), .reason = t ? t->reason : NO_STR,
            };
        }
        return st->items_n;
    }
    return 0;
}
