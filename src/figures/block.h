/* One table of figures, drawn as a chart, a table and a CSV file. */
#ifndef NUAN_BLOCK_H
#define NUAN_BLOCK_H
#include "figures/figures_sql.h"
#include "view/view.h"

enum { COLUMNS_MAX = 6 };

struct block_row {
    struct str label;
    int64_t value[COLUMNS_MAX];
    struct unit_id unit;                /* where a click leads; 0: nowhere */
    bool sensitive;                     /* S4: not in the chart */
};
struct block {
    const char *key, *title;            /* "units"; the question that the chart answers, translated */
    const char *label, *columns[COLUMNS_MAX];   /* heads, translated */
    size_t columns_n, charted;          /* the first "charted" columns are in the chart */
    const char *chart;                  /* bar, line, stack */
    bool stepped;                       /* holds a sensitive row: all rows in steps, or it would follow from their total */
    struct block_row *rows;
    size_t n, cap;
};

struct period { struct str code; struct date from, to, was_from, was_to; };

/* A period as ranges of keys of tally_up: its whole months, then the days of its last month when that is not whole.  A period
 * that begins in the middle of a month is told by its days alone.  The month of today is whole: nothing is counted after it. */
struct span { struct str months, months_to, days, days_to; };
struct span span_of(struct arena *a, struct date from, struct date to);

struct tile { const char *title; int64_t now, was; };

enum { TILES = 6, BLOCKS = 6 };
struct figures_page {
    const struct rq *rq;
    struct unit_id unit;
    struct str unit_name;
    int64_t unit_area;                  /* of the unit itself: where its sums stand */
    int64_t area;                       /* the county; 0: the unit lies above one */
    unsigned filters;                   /* of queries over units: by the area, when there is one */
    const char *person;                 /* the measure that counts persons in this period; "": none */
    struct period period;
    struct tile tiles[TILES];
    struct block blocks[BLOCKS];
    struct figures_offered_row *offered;
    size_t offered_n;
    int64_t small;                      /* the smallest number that is shown of S4 */
};

/* The figures of this month, for the desk of who sees numbers only. */
void figures_of_month(struct rq *rq, struct unit_id unit, struct tile tiles[TILES]);

struct block_row *block_add(struct arena *a, struct block *b, struct str label);
bool block_chartable(const struct block *b);            /* something to draw? */
struct str block_json(struct arena *a, const struct block *b, int64_t small);     /* of steps, their lower ends */
struct str block_csv(struct arena *a, const struct block *b, int64_t small);

/* A number; in steps of the smallest that is shown ("<5", "5–9", "10–14") where no exact number may be had, also not by
 * subtracting other units, periods or rows from a total. */
struct str figure_text(struct arena *a, int64_t n, bool stepped, int64_t small);

/* "month", "last_month", "quarter", "year", "last_year", or "custom" with two days; the period before has the same length
 * (the same months, as far as they went). */
struct period period_of(struct str code, struct date from, struct date to, struct date now);
#endif
