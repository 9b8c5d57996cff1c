/* The tab with the picture of the family and the ecomap. */
#ifndef NUAN_TIE_VIEWS_H
#define NUAN_TIE_VIEWS_H
#include "people/genogram.h"
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
};
struct tie_tab {
    struct person_id id;
    struct str name;
    struct household_id household;
    bool shut, writes;
    struct genogram family;
    struct tie_list_row *rows;
    size_t n;
    struct tie_drawn *drawn;
    size_t drawn_n;
    const struct form *form;
    struct form_source from;
};
enum { ECOMAP_WIDTH = 760, ECOMAP_HEIGHT = 560, BUBBLE = 46 };
#endif
