/* How complete a file is: the five parts of the basic service file (GZ-29, R-GZ-D1) and the three of the file on quality (GZ-30, R-GZ-D2).  Read
 * from what is there; nobody ticks it. */
#include "casework/case_views.h"

/* A form that the supervisor approved, and none that he sent back. */
static const struct docs_of_case_row *
approved(const struct case_page *v)
{
    const struct docs_of_case_row *found = NULL;
    for (size_t i = 0; i < v->docs_n; i++) {
        if (!v->docs[i].current) continue;
        if (str_is(v->docs[i].status, "returned")) return NULL;
        if (str_is(v->docs[i].status, "approved")) found = &v->docs[i];
    }
    return found;
}

/* A record that was handed in: it names the place and tells the process, both are asked for. */
static bool
recorded(const struct case_page *v)
{
    for (size_t i = 0; i < v->docs_n; i++)
        if (str_is(v->docs[i].form, "E") && instant_known(v->docs[i].submitted_at)) return true;
    return false;
}

size_t
case_parts(const struct case_page *v, bool quality, struct file_part parts[FILE_PARTS_MAX])
{
    const json_t *f = case_form(v->rq, v->k, "F");
    const struct file_part basic[] = {
        { T("服务对象的基本信息"), case_form(v->rq, v->k, "A") != NULL }, { T("服务提供者"), v->k->c.worker.v != 0 },
        { T("服务场所"), recorded(v) }, { T("服务过程"), recorded(v) },
        { T("服务成效"), f != NULL },
    };
    const struct file_part good[] = {
        { T("是否符合基本服务要求"), approved(v) != NULL }, { T("目标完成情况"), f != NULL && doc_rows(f, "goal_results") > 0 },
        { T("服务评估情况"), f != NULL && doc_text(f, "overall").n > 0 },
    };
    size_t n = quality ? COUNT(good) : COUNT(basic);
    memcpy(parts, quality ? good : basic, n * sizeof *parts);
    return n;
}
