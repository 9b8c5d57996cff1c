#include "page/find.h"
#include "seal/seal.h"
#include "view/view.h"

enum { MARK = '~', LONGEST = 200 };

static const char *
purpose(const struct rq *rq)
{
    return str_fmt(rq->arena, "find.%lld", (long long)rq->who.user.v).p;
}

void
find_open(struct rq *rq)
{
    struct param *all = NULL;
    for (size_t i = 0; i < rq->params_n; i++) {
        struct str value = rq->params[i].value;
        if (!str_is(rq->params[i].name, "q") || value.n < 2 || value.p[0] != MARK) continue;
        if (all == NULL) {
            all = NEW(rq->arena, struct param, rq->params_n);
            memcpy(all, rq->params, rq->params_n * sizeof *all);
        }
        struct str plain = unseal(rq->arena, purpose(rq), (struct str){ value.p + 1, value.n - 1 });
        all[i].value = plain.p ? plain : STR("");       /* of another user, or changed: nothing was searched for */
        rq->found = plain.p ? value : NO_STR;
    }
    if (all != NULL) rq->params = all;
}

struct str
find_word(const struct rq *rq, struct str q)
{
    return rq->found.n ? rq->found : q;
}

static enum http
find(struct rq *rq)
{
    struct buf b = { .arena = rq->arena };
    struct str to = rq_param(rq, "to");
    const char *sep = "?";
    if (!rq_local(to) || str_has(to, STR("?"))) return HTTP_BAD_REQUEST;
    put_raw(&b, to);
    for (size_t i = 0; i < rq->params_n; i++) {
        struct str name = rq->params[i].name, value = str_trim(rq->params[i].value);
        if (str_is(name, "to") || str_is(name, "csrf") || value.n == 0) continue;
        if (str_is(name, "q") && value.n > LONGEST) value.n = LONGEST;
        putf(&b, "%s", sep);
        put_url_str(&b, name);
        LIT(&b, "=");
        put_url_str(&b, str_is(name, "q") ? str_fmt(rq->arena, "~%.*s", FMT(seal(rq->arena, purpose(rq), value))) : value);
        sep = "&";
    }
    rq->location = buf_str(&b);
    return HTTP_SEE_OTHER;
}

const struct route find_routes[] = {
    POST("/find", MAY_LOGIN, find, .form = &no_fields, .reads = true, .title = T("搜索")),
};
const size_t find_routes_n = COUNT(find_routes);
