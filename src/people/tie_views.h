/* The tab with the picture of the family and the ecomap. */
#ifndef NUAN_TIE_VIEWS_H
#define NUAN_TIE_VIEWS_H
#include "paper/picture.h"
#include "people/genogram.h"
#include "people/kin_sql.h"
#include "people/people_views.h"
#include "people/tie_sql.h"

/* One tie as drawn: a line from the middle to a bubble. */
struct tie_drawn {
    const struct tie_list_row *tie;
    int x, y, x1, y1, x2, y2;           /* the bubble, and the line between the two edges */
    struct str path;                    /* of the line: straight, or a zigzag where it is stressful */
    struct str head, tail;              /* arrow heads towards the client and away; "" none */
    struct str label;                   /* the name as far as it fits */
    int cut_x, cut_y;                   /* where a broken line is crossed */
    int kind_y;                         /* of the word for its kind: on the far side, away from the line */
};
/* What a form tells, not yet in the pictures; row: of its table. */
struct tie_offer { size_t row; struct str name, relation, kind, strength; };
struct kin_offer { size_t row; struct str name, relation, sex; int64_t year; };
struct tie_tab {
    const struct rq *rq;
    struct person_id id;
    struct str name;
    struct household_id household;
    bool shut, writes;
    struct genogram family;
    struct tie_list_row *rows;
    size_t n;
    struct tie_drawn *drawn;
    size_t drawn_n;
    struct tie_offer *offers;
    size_t offers_n;
    struct kin_offer *kin_offers;
    size_t kin_offers_n;
    const struct kin_list_row *kin;     /* drawn without being registered */
    size_t kin_n;
    const struct form *form;
    struct form_source from;
};
enum { ECOMAP_WIDTH = 760, ECOMAP_HEIGHT = 560, BUBBLE = 46 };

/* The family and the ties as drawn; and, for who may write there, what the forms propose. */
void tie_load(struct rq *rq, struct tie_tab *t);
void kin_propose(struct rq *rq, struct tie_tab *t);

/* Loads all of it for the person of the path; false: there is none. */
bool tie_open(struct rq *rq, struct tie_tab *t);
enum http tie_show(struct rq *rq);
#endif
