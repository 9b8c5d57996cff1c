/* Cases for tests: forms filled in as a careful worker would, and the way of a case through its stages. */
#ifndef NUAN_TEST_CASES_H
#define NUAN_TEST_CASES_H
#include "casework/casework.h"
#include "test/kit.h"

/* What is typed into a form.  sheet_set replaces a value; NULL leaves the field out. */
struct sheet { struct kit *k; const char *name[300], *value[300]; size_t n; };
void sheet_set(struct sheet *s, const char *name, const char *value);
const char *sheet_params(const struct sheet *s);

/* A form with everything that is asked for; dates are today's. */
struct sheet sheet_of(struct kit *k, const char *letter);

/* Every call that must succeed ends the test when it does not. */
int64_t case_person_made(struct kit *k, const char *login, const char *name, const char *born);
void case_consent(struct kit *k, const char *login, int64_t person, const char *kind, const char *relation);

struct opened { int64_t person, id, form_a; };
struct opened case_made(struct kit *k, const char *login, const char *name, const char *born);      /* with all consents */

/* Begins a form (A: the one that came with the case) and answers its id; 0 when it is refused. */
int64_t case_begin(struct kit *k, const char *login, int64_t id, const char *letter);

/* Saves a draft or hands in ("submit"), with the version that the form has now. */
struct kit_reply case_save(struct kit *k, const char *login, int64_t id, int64_t form, const struct sheet *s, const char *what);
int64_t case_submit(struct kit *k, const char *login, int64_t id, const char *letter);              /* the form's id */
int64_t case_submit_sheet(struct kit *k, const char *login, int64_t id, const char *letter, const struct sheet *s);

struct kit_reply case_step(struct kit *k, const char *login, int64_t id, const char *step, const char *params);    /* POST /cases/ID/step */
struct kit_reply case_page_of(struct kit *k, const char *login, int64_t id);
bool case_in(struct kit *k, int64_t id, const char *state);
const char *at(struct kit *k, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* From an opened case to a state of the professional way: "assessment" … "closing". */
void case_to(struct kit *k, const char *login, int64_t id, const char *state);

/* G handed in by the worker and approved by supervisor_a, who is assigned. */
void case_close(struct kit *k, const char *login, int64_t id, const struct sheet *g);
struct kit_reply case_review_as(struct kit *k, const char *login, int64_t id, int64_t form, const char *decision);
int64_t tally_of(struct kit *k, const char *measure);       /* of station_a */
const char *day_text(struct kit *k, int after_today);

extern const char case_sign[];
#endif
