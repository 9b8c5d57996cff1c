/* What is to be done, of every kind, in one order: danger first, then what is overdue, what waits for the user's word, what
 * falls due, and his own drafts. */
#include "desk/desk_views.h"
#include "form/doc.h"

enum { CRITICAL = 1, URGENT = 2 };

/* Where a task without a clock of its own stands: after what is overdue, before what is still to come; drafts after all. */
static int64_t
rank(const struct task *t)
{
    if (instant_known(t->due)) return t->due.ms;
    return t->draft ? INT64_MAX : instant_now().ms;
}

static int
by_urgency(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    if (x->critical != y->critical) return y->critical - x->critical;
    int64_t p = rank(x), q = rank(y);
    return p != q ? (p > q) - (p < q) : (x->nth > y->nth) - (x->nth < y->nth);
}

static struct task *
task_add(struct desk_page *v, struct url href)
{
    struct task *t = &v->tasks[v->tasks_n];
    *t = (struct task){ .nth = v->tasks_n++, .due = NO_TIME, .at = NO_TIME, .colour = "bg-blue-lt", .verb = T("办理"), .href = href };
    return t;
}

static void
task_due(struct rq *rq, struct task *t, struct instant due)
{
    t->due = due;
    t->badge = due_text(rq->arena, rq->lang, due);
    t->colour = due_colour(due);
}

static void
add_reports(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->reports_n; i++) {
        const struct report_todo_row *r = &v->reports[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/reports/%lld", (long long)r->id.v));
        task_due(rq, t, r->due_at);
        t->what = str_fmt(rq->arena, "%.*s · %s", FMT(r->no), tr(rq->lang, T("强制报告")));
        t->why = str_fmt(rq->arena, "%s · %s · %.*s", report_state_label(r->state, rq->lang), report_duty_label(r->duty, rq->lang),
                         FMT(found_text(rq->arena, rq->lang, r->found_at)));
    }
}

static void
add_discoveries(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->discoveries_n; i++) {
        const struct discovery_todo_row *d = &v->discoveries[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/discoveries/%lld", (long long)d->id.v));
        const char *kind = d->level < 4 ? code_of("discovery_kind", d->kind, rq->lang) : tr(rq->lang, T("高度敏感"));
        bool urgent = d->urgency <= URGENT;
        task_due(rq, t, d->due_at);
        t->critical = d->urgency == CRITICAL;
        t->what = str_fmt(rq->arena, "%.*s · %s", FMT(d->no), tr(rq->lang, T("发现报告")));
        t->why = str_fmt(rq->arena, "%s · %s · %.*s%s%s", kind, code_of("discovery_source", d->source, rq->lang),
                         FMT(found_text(rq->arena, rq->lang, d->found_at)), urgent ? " · " : "", urgent ? urgency_label(d->urgency, rq->lang) : "");
    }
}

static void
add_handovers(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->handovers_n; i++) {
        const struct handover_waiting_row *h = &v->handovers[i];
        struct task *t = task_add(v, url_of("/handovers"));
        char on[16];
        date_print(h->on, on);
        t->badge = str_of(tr(rq->lang, T("待接收")));
        t->what = str_fmt(rq->arena, "%.*s · %.*s", FMT(h->name), FMT(h->no));
        t->why = str_fmt(rq->arena, "%.*s %s", FMT(h->from_name), on);
        t->verb = T("签名接收");
    }
}

static void
add_referrals(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->referrals_n; i++) {
        const struct referral_todo_row *r = &v->referrals[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/referrals/%lld", (long long)r->id.v));
        bool ours = str_is(r->state, "refused") || str_is(r->state, "feedback");        /* it came back */
        int hours = instant_known(r->sent_at) ? (int)((instant_now().ms - r->sent_at.ms) / 3600000) : 0;
        if (ours) {
            t->badge = str_of(referral_state_label(r->state, rq->lang));
            t->colour = referral_state_colour(r->state);
        } else task_due(rq, t, r->due_at);
        t->critical = !ours && r->urgency == CRITICAL;
        t->what = str_fmt(rq->arena, "%.*s · %s", FMT(r->name), tr(rq->lang, ours ? T("转介的答复") : T("转介待接收")));
        t->why = str_fmt(rq->arena, "%.*s %s", FMT(r->from_unit_name.n ? r->from_unit_name : r->from_org), code_of("case_source", r->source, rq->lang));
        if (!ours) t->why = str_fmt(rq->arena, "%.*s · %.*s", FMT(t->why), FMT(tr_fmt(rq->arena, rq->lang, T("已等 %d 小时"), hours)));
    }
}

static struct str
form_line(struct rq *rq, struct str name, struct str form)
{
    return str_fmt(rq->arena, "%.*s · %.*s %s", FMT(name), FMT(form), doc_title(doc_form(form), rq->lang));
}

static void
add_forms(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->waiting_n; i++) {
        const struct desk_waiting_row *w = &v->waiting[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/cases/%lld/forms/%lld#review", (long long)w->case_.v, (long long)w->id.v));
        t->badge = str_of(tr(rq->lang, T("待审批")));
        t->what = form_line(rq, w->name, w->form);
        t->why = w->worker_name;
        t->at = w->submitted_at;
        t->verb = T("审阅");
    }
    for (size_t i = 0; i < v->drafts_n; i++) {
        const struct desk_drafts_row *d = &v->drafts[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/cases/%lld/forms/%lld", (long long)d->case_.v, (long long)d->id.v));
        t->badge = str_of(doc_status_label(d->status, rq->lang));
        t->colour = doc_status_colour(d->status);
        t->what = form_line(rq, d->name, d->form);
        if (d->review.n) t->why = d->review;
        else t->at = d->saved_at;
        t->draft = str_is(d->status, "draft");
        t->verb = T("继续填写");
    }
}

static void
add_clocks(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->due_n; i++) {
        const struct desk_due_row *c = &v->due[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/cases/%lld", (long long)c->id.v));
        bool urgent = c->urgency != NO_INT && c->urgency <= URGENT;
        task_due(rq, t, c->due_at);
        t->critical = c->urgency == CRITICAL;
        t->what = str_fmt(rq->arena, "%.*s · %s", FMT(c->name), due_label(c->due_kind, rq->lang));
        t->why = str_fmt(rq->arena, "%.*s%s%.*s%s%s", FMT(c->no), v->station ? " · " : "", FMT(v->station ? c->worker_name : STR("")),
                         urgent ? " · " : "", urgent ? urgency_label(c->urgency, rq->lang) : "");
    }
}

static void
add_resolutions(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->resolutions_n; i++) {
        const struct resolution_todo_row *r = &v->resolutions[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/conferences/%lld", (long long)r->conference.v));
        task_due(rq, t, instant_at(r->due, 23, 59));
        t->what = str_fmt(rq->arena, "%.*s · %s", FMT(r->name), tr(rq->lang, T("会议决定")));
        t->why = str_fmt(rq->arena, "%.*s · %.*s", FMT(r->text), FMT(r->who));
    }
}

static void
add_groups(struct desk_page *v)
{
    struct rq *rq = v->rq;
    for (size_t i = 0; i < v->group_records_n; i++) {
        const struct group_todo_records_row *g = &v->group_records[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/groups/%lld/sessions", (long long)g->group.v));
        task_due(rq, t, instant_at(g->on, 23, 59));
        t->what = str_fmt(rq->arena, "%.*s · %.*s", FMT(g->name), FMT(tr_fmt(rq->arena, rq->lang, T("第 %d 节的过程记录（J）"), (int)g->number)));
        t->why = g->no;
    }
    for (size_t i = 0; i < v->group_reviews_n; i++) {
        const struct group_todo_reviews_row *g = &v->group_reviews[i];
        struct task *t = task_add(v, url_fmt(rq->arena, "/groups/%lld/forms/%lld#review", (long long)g->group.v, (long long)g->doc.v));
        t->badge = str_of(tr(rq->lang, T("待审批")));
        t->what = form_line(rq, g->name, g->form);
        t->why = g->leader_name;
        t->at = g->submitted_at;
        t->verb = T("审阅");
    }
}

void
desk_tasks(struct desk_page *v)
{
    size_t n = v->reports_n + v->discoveries_n + v->handovers_n + v->referrals_n + v->waiting_n + v->drafts_n + v->due_n +
               v->resolutions_n + v->group_records_n + v->group_reviews_n;
    v->tasks = NEW(v->rq->arena, struct task, n + 1);
    add_reports(v);
    add_discoveries(v);
    add_handovers(v);
    add_referrals(v);
    add_forms(v);
    add_clocks(v);
    add_resolutions(v);
    add_groups(v);
    qsort(v->tasks, v->tasks_n, sizeof *v->tasks, by_urgency);
}
