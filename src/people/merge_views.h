/* Merging two registrations, and parting them again. */
#ifndef NUAN_MERGE_VIEWS_H
#define NUAN_MERGE_VIEWS_H
#include "people/doubles_views.h"
#include "people/household_views.h"
#include "people/merge_sql.h"

#define SEAL_MERGE "merge.before"       /* what the sealed column is bound to */

/* One value beside the other; gone: it is the one that is proposed. */
struct merge_row { const struct field *field; struct person_fact keep, gone; bool same, pick_gone; };
struct merge_attached { const char *label; int64_t keep, gone; };
struct merge_page {
    struct rq *rq;
    struct person_id keep, gone;
    struct person_get_row k, g;
    struct merge_row *rows;
    size_t rows_n;
    struct merge_attached *attached;
    size_t attached_n;
    struct merge_open_cases_row *cases;
    size_t cases_n;
    struct merge_pair_member_row *homes;
    bool blocked, choose_home;
    const struct form *form;
    struct form_source from;
};
struct merge_show_page {
    struct rq *rq;
    struct merge_id id;
    struct merge_get_row m;
    bool house;
    struct str keep, gone;              /* names, or numbers of households */
    const struct str *newer;            /* what stands in the way of an undo; ends with NO_STR */
    size_t newer_n;
    const struct form *form;
    struct form_source from;
};
struct merge_list_page { struct rq *rq; struct merge_list_row *rows; size_t n; int64_t page, per_page; };

struct merge_house_row { const char *name, *label; struct str keep, gone; bool same, pick_gone; };
struct merge_house_page {
    struct rq *rq;
    struct household_id keep, gone;
    struct household_get_row k, g;
    struct merge_house_row rows[5];
    struct member_list_row *members;    /* of the one that goes, present ones */
    size_t members_n;
    bool heads, chosen;                 /* both have a head; the other household is known */
    const struct form *form;
    struct form_source from;
};

/* The pair of a route /people/:person/merge/:double or /households/:household/merge/:other, both open. */
bool merge_pair_in_scope(struct rq *rq);

/* The one that stays as he was before, sealed, and back. */
struct str merge_seal(struct rq *rq, const struct person_fields *fields, const struct person_get_row *row);
bool merge_unseal(struct arena *a, struct str sealed, struct person_fields *fields, struct str *reg_division, struct household_id *household);

/* All rows of the journal go from one person to the other, and who was served with them. */
void merge_send(struct db *db, int64_t area, struct merge_id merge, struct person_id old, struct person_id person);

/* What a name of the journal means: "个案". */
const char *merge_what(struct str table, enum lang lang);

/* Takes a merge of households back. */
enum http merge_house_undo(struct rq *rq, struct merge_id id, const struct merge_get_row *m, struct str why);
#endif
