/* A planned follow-up that is not needed any more, and taking that back. */
#include "audit/audit.h"
#include "casework/case_sql.h"
#include "casework/case.h"
#include "casework/case_views.h"
#include "casework/casework.h"

struct why_form { struct str reason; };
static const struct field why_fields[] = { FIELD_TEXT(struct why_form, reason, "原因", .required = true, .max = 500) };
static const struct form why_form = FORM(struct why_form, why_fields);

/* An empty reason: it is planned again. */
static enum http
cancel(struct rq *rq, struct str reason, const char *action)
{
    struct casefile *k = case_of(rq);
    int64_t area = id_area(k->c.id.v);
    if (!case_may_write(rq, k) && !case_may_decide(rq, k)) return HTTP_FORBIDDEN;
    if (case_follow_cancel(rq->db, area, k->c.id, (struct event_id){ rq->ids[1] }, reason) == 0) return HTTP_NOT_FOUND;
    case_clock(rq, k);
    audit_note(rq, area, action, "case", k->c.id.v, NULL, reason);
    return HTTP_OK;
}

static enum http
end(struct rq *rq)
{
    const struct why_form *in = rq->form;
    enum http status = cancel(rq, in->reason, "end_follow");
    if (status != HTTP_OK) return status;
    return rq_done_undo(rq, T("已取消该次跟进"), str_fmt(rq->arena, "/cases/%lld/follow/%lld/again", (long long)rq->ids[0], (long long)rq->ids[1]),
                        "/cases/%lld", (long long)rq->ids[0]);
}

static enum http
again(struct rq *rq)
{
    if (!audit_recent(rq, "end_follow", "case", rq->ids[0])) return rq_fail(rq, HTTP_CONFLICT, T("已不能撤销，请重新登记。"));
    enum http status = cancel(rq, NO_STR, "undo_end_follow");
    return status != HTTP_OK ? status : rq_done(rq, T("已撤销"), "/cases/%lld", (long long)rq->ids[0]);
}

const struct route follow_routes[] = {
    POST("/cases/:case/follow/:follow/cancel", CASE_READ, end, .scope = case_scope, .form = &why_form, .title = T("取消跟进")),
    POST("/cases/:case/follow/:follow/again", CASE_READ, again, .scope = case_scope, .form = &no_fields, .title = T("撤销取消跟进")),
};
const size_t follow_routes_n = COUNT(follow_routes);
