/* Case conferences and the team of a case, as the files of this folder and their views know them. */
#ifndef NUAN_CONFERENCE_VIEWS_H
#define NUAN_CONFERENCE_VIEWS_H
#include "referral/conference_sql.h"
#include "referral/referral_views.h"

struct conference {
    struct conference_get_row r;
    struct casefile k;
    bool reads, writes;
};

struct conference_page {
    struct rq *rq;
    struct conference *c;
    const struct attendee_list_row *people;
    size_t people_n;
    const struct resolution_list_row *resolutions;
    size_t resolutions_n;
    size_t outside;                     /* participants to whom sharing is handing out */
    struct str receivers;               /* those of them whom no consent names yet */
    const struct form *add, *consent, *hold, *decide;
    const void *held;                   /* what the minutes begin with: the parts that were planned */
    struct form_source from;
};
struct conference_form_page {
    struct rq *rq;
    struct casefile *k;
    struct conference_id id;            /* 0: a new one */
    int64_t version;
    const struct form *form;
    struct form_source from;
};
struct team_page {
    struct rq *rq;
    struct casefile *k;
    const struct mate_list_row *rows;
    size_t n;
    bool writes;
    const struct form *form;
    struct form_source from;
};

/* Is somebody from outside of the station, to whom the client's data are handed out?  Not the client himself. */
bool conference_outside(struct user_id account, struct str profession);

/* "姓名、性别和年龄、目标与计划". */
struct str parts_labels(struct arena *a, enum lang lang, struct str parts);

/* Colleagues who may take part: workers and heads of the station, supervisors of it. */
const struct choice *conference_colleagues(struct rq *rq, struct unit_id unit, size_t *n);

/* The name of one of them; NO_STR: he is none. */
struct str conference_colleague(struct rq *rq, struct unit_id unit, struct user_id account);

/* A route.scope; the record is a struct conference. */
bool conference_scope(struct rq *rq);
int64_t conference_level(const struct casefile *k, struct str parts);   /* of what is said there */
void conference_sharing(struct rq *rq, struct conference_page *v);      /* fills outside and receivers */
enum http conference_show(struct rq *rq);
enum http conference_back(struct rq *rq, const char *zh, struct conference_id id);
enum http conference_not_now(struct rq *rq);
extern const struct form conference_join_form, conference_consent_form, conference_hold_form, conference_decide_form;
extern const struct route conference_routes[], meeting_routes[], team_routes[];
extern const size_t conference_routes_n, meeting_routes_n, team_routes_n;

const char *conference_state_label(struct str state, enum lang lang);
const char *conference_state_colour(struct str state);
#endif
