#ifndef NUAN_HOOK_VIEWS_H
#define NUAN_HOOK_VIEWS_H
#include "inbox/hook_sql.h"
#include "form/draw.h"

struct hook_page {
    struct rq *rq;
    const struct form *form;
    struct form_source from;
    struct hook_list_row *rows;
    size_t n;
    struct str secret;                  /* of the one just made; shown once */
};
bool hook_tells(struct str entities, struct str entity);      /* "case,person" */
struct str hook_entities_text(struct arena *a, enum lang lang, struct str codes);
#endif
