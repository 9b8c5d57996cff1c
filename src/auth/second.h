/* The second factor of signing in: a code of an app on a phone, or a recovery code. */
#ifndef NUAN_SECOND_H
#define NUAN_SECOND_H
#include "http/route.h"
#include "view/view.h"

/* Takes the second factor from an account: the administrator's reset. */
void second_reset(struct rq *rq, struct user_id account);

struct second_page {
    struct rq *rq;
    const struct form *form;
    struct form_source from;
    bool on, required;                  /* on: confirmed; required: by the role */
    struct instant since;
    int64_t left;                       /* recovery codes that were not used */
    struct html qr;
    struct str secret;                  /* to type in; NO_STR: nothing was begun */
    const struct str *codes;            /* recovery codes, shown this once */
    size_t codes_n;
};

extern const struct route second_routes[];
extern const size_t second_routes_n;
#endif
