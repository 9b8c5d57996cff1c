/* Shared by the files of this folder, and what their views show. */
#ifndef NUAN_REFERRAL_VIEWS_H
#define NUAN_REFERRAL_VIEWS_H
#include "casework/case_views.h"
#include "files/proof.h"
#include "people/consent_views.h"
#include "people/people.h"
#include "audit/disclose.h"
#include "referral/disclosure_sql.h"
#include "referral/link_sql.h"
#include "referral/reading_sql.h"
#include "referral/referral.h"

/* One referral, and how the user relates to it. */
struct referral {
    struct referral_get_row r;
    const struct profile *profile;
    struct relation rel;
    bool sends, receives;               /* he acts for who refers; for who receives */
    bool author;                        /* he wrote it: a clerk sees nothing else */
    bool reads;                         /* what is shared */
    bool outside;                       /* goes to an agency without an account */
};
bool referral_load(struct rq *rq, struct referral_id id, struct referral *out);
bool referral_scope(struct rq *rq);
struct referral *referral_of(struct rq *rq);

/* One step of the state machine with its clock, event and audit row; the time of the step is now.  False: the state does not
 * allow it, or somebody else was quicker. */
bool referral_step(struct rq *rq, struct referral *f, const char *to, struct str text);
void referral_event(struct rq *rq, const struct referral *f, const char *kind, struct str text);
struct str referral_number(struct rq *rq, struct unit_id unit);

/* The two answers; both make the case that it came from go on. */
bool referral_accept(struct rq *rq, struct referral *f, struct user_id worker, struct str reason, struct str by, struct str sign);
bool referral_refuse(struct rq *rq, struct referral *f, struct user_id worker, struct str reason, struct str by, struct str sign);
bool referral_send(struct rq *rq, struct referral *f, struct str sign);
void referral_note_sent(struct rq *rq, const struct referral *f);       /* in the register */
bool referral_feedback(struct rq *rq, struct referral *f, struct str text);

/* Who receives: "泉上镇社工站 · 王某". */
struct str referral_receiver(struct arena *a, const struct referral_get_row *r);
struct str referral_sender(struct arena *a, const struct referral_get_row *r);

/* ---- What is shared (share.c) ---- */

struct shared { const char *code, *label; struct str text; };
struct share_text { struct str summary, done; };

/* Checks the chosen fields against what the user may read himself; NO_STR, or the label of the first that he may not share. */
const char *share_refused(struct rq *rq, struct person_id person, struct str fields);
struct str share_fields(struct arena *a, struct str fields);            /* with those that are always given */
int64_t share_level(struct str fields, int64_t person_level, struct date born);
json_t *share_build(struct rq *rq, struct person_id person, struct case_id c, struct str fields, struct share_text text);
struct str share_seal(struct arena *a, const json_t *doc);
const json_t *share_open(struct arena *a, struct str sealed);
size_t share_list(struct arena *a, enum lang lang, struct str fields, const json_t *doc, struct shared **out);
struct str share_labels(struct arena *a, enum lang lang, struct str fields);

/* Service items as one chooses them, and as they are read. */
const struct choice *service_choices(size_t *n);
bool services_known(struct str codes);
struct str services_text(struct arena *a, enum lang lang, struct str codes);

/* ---- Consent ---- */

struct agreed { struct str how, by, relation, way, basis, capacity; struct date on; };
/* Adds messages at the fields consent_by … when what is given does not do (PIPL arts. 23, 31). */
bool agreed_check(struct rq *rq, const struct agreed *in, struct date born);
/* The consent also stands on the person's page, where it can be withdrawn; that ends the referral's links. */
struct consent_id agreed_keep(struct rq *rq, struct person_id person, struct case_id case_, const struct agreed *in, struct str receiver);
struct str agreed_text(struct arena *a, enum lang lang, const struct referral_get_row *r);
extern const struct choice agreed_how[2];
#define AGREED_FIELDS(T_) \
    FIELD_CHOICE(T_, consent_how, agreed_how, T("服务对象的同意"), .required = true), \
    FIELD_TEXT(T_, consent_by, T("同意人姓名"), .max = 60, .if_field = "consent_how", .if_values = "consent", .required_if_shown = true), \
    FIELD_CHOICE(T_, consent_relation, consent_relations, T("由谁同意"), .if_field = "consent_how", .if_values = "consent", .required_if_shown = true), \
    FIELD_CHOICE(T_, consent_way, consent_ways, T("方式"), .if_field = "consent_how", .if_values = "consent", .required_if_shown = true), \
    FIELD_DATE(T_, consent_on, T("同意日期"), .check = "past", .if_field = "consent_how", .if_values = "consent", .required_if_shown = true), \
    FIELD_TEXT(T_, legal_basis, T("无需同意的依据"), .max = 200, .if_field = "consent_how", .if_values = "legal", .required_if_shown = true, \
               .help = T("填写法律名称和条款。"))

/* Has it all that its receiver and its client must know? */
bool referral_complete(const struct referral *f);

/* ---- Pages ---- */

struct referral_list_page {
    struct rq *rq;
    const struct referral_list_row *rows;
    size_t n, total;
    const char *view;
    struct str q, state, source;
    int64_t page, per_page;
    bool clerk;
};
struct referral_page {
    struct rq *rq;
    struct proof_owner papers;
    bool papers_shown;
    struct referral *f;
    struct shared *shared;
    size_t shared_n;
    const struct referral_events_row *events;
    size_t events_n;
    const struct link_list_row *links;
    size_t links_n;
    const struct form *consent, *send, *refuse, *accept, *answer, *feedback, *close;
    struct form_source from, accept_from;
    struct person_match *matches;
    size_t matches_n;
    bool unseen;
    struct str services, agreed;
};
struct referral_form_page {
    struct rq *rq;
    const struct form *form;
    struct form_source from;
    struct str name;                    /* of the client */
    struct case_id case_;
    struct person_id person;
    struct referral_id id;              /* 0: a new one */
    int64_t version;
    struct url back;
};
struct link_page {
    struct rq *rq;
    struct referral *f;
    struct str token, code, why;
    struct instant expires;
    struct shared *shared;
    size_t shared_n;
    const struct form *answer, *feedback;
    struct str services;
};
struct disclosure_page {
    struct rq *rq;
    const struct disclosure_list_row *rows;
    size_t n, total;
    struct str kind, q, from, to;
    int64_t page, per_page;
    struct person_id person;
    struct case_id case_;
    struct str about;                   /* name or number of what the list is limited to */
    const struct form *form;
    struct form_source source;
};
struct reading_row { struct str key, label, text; bool out; };          /* text: HTML */
struct reading_part { struct str title; struct reading_row *rows; size_t n; };
struct reading_page {
    struct rq *rq;
    struct casefile *k;
    const struct reading_list_row *rows;
    size_t n;
    struct reading_get_row one;
    struct reading_id id;
    struct reading_part *parts;
    size_t parts_n;
    const struct form *form;
    struct form_source from;
    bool write;
};

/* A referral as the person who was asked to help sees it: made on the page and for the answers by hand. */
extern const struct form referral_consent_form, referral_send_form, referral_refuse_form, referral_answer_form, referral_feedback_form,
    referral_close_form, referral_accept_form;
void referral_page_fill(struct rq *rq, struct referral *f, struct referral_page *v);
void referral_accept_fill(struct rq *rq, struct referral *f, struct referral_page *v);
enum http referral_show(struct rq *rq);

extern const struct route referral_routes[], out_routes[], in_routes[], intake_routes[], act_routes[], agree_routes[], link_routes[],
    disclosure_routes[], reading_routes[], slip_routes[], county_routes[];
extern const size_t referral_routes_n, out_routes_n, in_routes_n, intake_routes_n, act_routes_n, agree_routes_n, link_routes_n,
    disclosure_routes_n, reading_routes_n, slip_routes_n, county_routes_n;
#endif
