/* What the files and views of this folder share. */
#ifndef NUAN_LEDGER_VIEWS_H
#define NUAN_LEDGER_VIEWS_H
#include "ledger/ledger.h"

/* An entry with the names of what it points at. */
struct shown {
    struct entry_id id;
    const struct ledger *l;
    struct entry e;
    struct str unit_name, staff_name, other_name, target_name;
};
#define SHOWN(l_, r)                                                                                                   \
    ((struct shown){ .id = (r)->id,                                                                                    \
                     .l = (l_),                                                                                        \
                     .e = { .staff = (r)->staff,                                                                       \
                            .other = (r)->other,                                                                       \
                            .unit = (r)->unit,                                                                         \
                            .target = (r)->target,                                                                     \
                            .kind = (r)->kind,                                                                         \
                            .mode = (r)->mode,                                                                         \
                            .state = (r)->state,                                                                       \
                            .title = (r)->title,                                                                       \
                            .party = (r)->party,                                                                       \
                            .number = (r)->number,                                                                     \
                            .body = (r)->body,                                                                         \
                            .on = (r)->on,                                                                             \
                            .until = (r)->until,                                                                       \
                            .done = (r)->done,                                                                         \
                            .amount = (r)->amount,                                                                     \
                            .amount_2 = (r)->amount_2,                                                                 \
                            .money = (r)->money },                                                                     \
                     .unit_name = (r)->unit_name,                                                                      \
                     .staff_name = (r)->staff_name,                                                                    \
                     .other_name = (r)->other_name,                                                                    \
                     .target_name = (r)->target_name })

/* The lamp of a term: word and class; class NULL: it has none. */
struct clock {
    const char *badge;
    struct str word;
};
struct clock entry_clock(struct arena *a, enum lang lang, const struct shown *s);

/* The value of a field as a reader sees it. */
void entry_value(struct buf *o, const struct field *f, const struct shown *s);
struct str entry_text(struct arena *a, const struct field *f, const struct shown *s, enum lang lang);
bool field_listed(const struct ledger *l, const struct field *f);
struct str entry_name(struct arena *a, enum lang lang, const struct shown *s); /* what it is called in a heading */

bool ledger_may_read(const struct rq *rq, const struct ledger *l, struct staff_id staff);
bool ledger_may_write(const struct rq *rq, const struct ledger *l, struct staff_id staff);
void ledger_note_read(struct rq *rq, const struct ledger *l, const struct shown *rows, size_t n);

struct ledger_page {
    struct rq *rq;
    const struct ledger *l;
    struct shown *rows;
    size_t n;
    int64_t total, skip, most, year; /* year: 0, all */
    struct str q, kind, show, sort, unit_name;
    struct staff_id staff; /* of one member of staff only */
    bool may_write, filtered;
};

struct ledger_index {
    struct rq *rq;
    const struct entry_totals_row *totals;
    size_t totals_n;
    struct str unit_name;
};

struct entry_page {
    struct rq *rq;
    const struct ledger *l;
    const struct entry_get_row *row;
    struct shown s;
    bool may_write;
};

struct entry_form_page {
    struct rq *rq;
    const struct ledger *l;
    struct form_source from;
    struct url back;
    struct shown theirs; /* what somebody else saved in between; id 0: nobody */
};

struct ledger_card {
    const struct ledger *l;
    struct shown *rows;
    size_t n;
    bool may_write;
    struct staff_id staff;
};

/* cluster.c: entries by what they belong to; have: those that count. */
struct cluster_list_row;
struct cluster { struct str mode, party; const struct cluster_list_row *rows; size_t rows_n; int64_t have; };
struct clusters_page {
    const struct rq *rq;
    const struct ledger *l;
    const struct field *chief, *owner, *member;         /* chief: NULL, none */
    struct cluster *clusters;
    size_t n;
    int64_t each, wrong;                                /* each: 0, nothing is asked */
    struct str unit_name;
    bool named, more;                                   /* named: an entry without a title is one that is still missing */
};
struct cluster_below_row;
struct below_page { const struct rq *rq; const struct ledger *l; struct cluster_below_row *rows; size_t n; int64_t total, done, late; struct str unit_name; };
extern const struct route cluster_routes[], calendar_routes[];
extern const size_t cluster_routes_n, calendar_routes_n;

/* calendar.c */
struct calendar_days_row;
extern const char *const week_days[7];
struct calendar_page {
    const struct rq *rq;
    struct calendar_days_row *rows;
    size_t n;
    struct date first, next, from;                      /* of the month; from: the Monday that the grid begins with */
    int days;
    struct str month, before, after, unit_name;         /* "2026-11" */
};

/* entry.c */
const struct ledger *entry_writable(struct rq *rq, const struct entry_get_row *row);     /* NULL: the user may not change it */
enum http entry_show(struct rq *rq);
extern const struct route entry_routes[];
extern const size_t entry_routes_n;
bool entry_load(struct rq *rq, struct entry_get_row *row);
bool entry_scope(struct rq *rq);
#endif
