/* What the views of this folder show. */
#ifndef NUAN_PEOPLE_VIEWS_H
#define NUAN_PEOPLE_VIEWS_H
#include "form/form.h"
#include "people/people.h"
#include "people/person_list_sql.h"
#include "people/person_sql.h"
#include "view/view.h"

/* ---- The operational form of a person (person_form.c) ---- */
struct person_fields {
    struct str name, sex, id_type, idno, ethnic;
    struct date born, died_on;
    struct unit_id unit;
    struct str phone, phone2, phone_note, call_rule, safe_hours, safe_phone, division, address, reg_address,
        residence_state;
    struct str education, marital, employment, occupation, political;
    struct str health, disability, disability_grade, disability_no, self_care, capacity;
    struct str note;
};
extern const struct form person_form;
extern const struct choice capacities[3];

/* Text of one field of the struct, as typed. */
struct str person_field_text(struct arena *a, const struct field *f, const void *values);

/* The stored row as the form's struct, unsealed. */
void person_open_row(struct arena *a, const struct person_get_row *row, struct person_fields *out);

/* What the fields say of each other (number and birth date …); adds messages.  Fills in what the number tells. */
bool person_fields_agree(struct rq *rq, struct person_fields *in);

/* Stores the fields and the search terms; reg_division and version are those of old.  False: somebody saved in between. */
bool person_save(struct rq *rq, struct person_id id, const struct person_get_row *old, const struct person_fields *in);

/* A fact as its reader may see it: hidden (not there at all), or a text with what is wrong with it. */
enum shown { SHOWN_HIDDEN, SHOWN_PLAIN, SHOWN_MASKED, SHOWN_APPROVAL };
struct person_fact { const struct field *field; struct str value; enum shown shown; };
struct person_fact person_fact_of(struct rq *rq, struct relation rel, struct date born, const struct field *f, const struct person_fields *values,
                                  bool reveal);

/* May the user write this field?  born: of the person as stored. */
bool person_field_writable(const struct rq *rq, const struct field *f, struct relation rel, struct date born);

/* One category as its reader may see it. */
struct category_badge { const char *label; bool hidden; };
size_t category_badges(struct rq *rq, struct str categories, struct relation rel, struct date born, struct category_badge **out);

/* Until when the file was opened to the user; NO_TIME: it is not. */
struct instant person_open_until(struct rq *rq, struct person_id person);

/* Scope of what may be done about a person without knowing him: whoever may know him, and the one to whom the matrix gives level S4
 * "by approval" (the head knows that such persons exist). */
bool person_exists_for(struct rq *rq);

/* ---- List ---- */
struct person_row {
    const struct person_list_row *p;
    int age;
    struct category_badge *badges;
    size_t badges_n, approval_n;
    struct str phone, warning;
};
enum { PERSON_PAGES = 3 };
struct person_page_size { int64_t rows; struct url url; };
struct person_list_page {
    const struct rq *rq;
    struct str q, category, village, sex, age, unit, sort;
    struct person_row *rows;
    size_t n;
    int64_t total, from, hidden;
    struct person_units_row *units;
    size_t units_n;
    struct person_villages_row *villages;
    size_t villages_n;
    const struct choice *categories;
    size_t categories_n;
    struct url next, by_name, newest;
    int64_t per;                        /* rows on a page */
    struct person_page_size pages[PERSON_PAGES];
    bool filtered;
};

/* ---- Form ---- */
struct person_section { const char *title, *id; const struct field *first; size_t n; };
struct person_form_page {
    struct person_id id;
    struct relation rel;
    struct date born;
    const struct form *form;
    struct form_source from;
    struct person_section *sections;
    size_t sections_n;
    int64_t version;
    struct person_by_idno_row *same;    /* who has this number already, when the user may know him */
    struct person_fact *theirs;         /* what somebody else saved meanwhile */
    size_t theirs_n;
};

/* ---- The page of a person: the head and one tab ---- */
struct person_tab { const char *title, *path; };
struct person_page {
    struct rq *rq;
    struct person_id id;
    struct person_get_row p;
    struct relation rel;
    struct category_badge *badges;
    size_t badges_n, approval_n;
    int age;
    const char *here;                   /* "" household, categories … */
    struct str idno, phone;             /* as the user may see them */
    struct str warning, safe_phone;     /* before he is called */
    bool writes;
    bool reads, asks;                   /* the sensitive part; may ask for it */
    struct instant until;               /* the file is open to the user until then, by approval or in an emergency */
    struct html body;
};

/* Loads the head of rq->ids[0], draws the tab's view into body, then the page.  False: not there. */
bool person_page_open(struct rq *rq, const char *here, struct person_page *v);
enum http person_page_done(struct rq *rq, struct person_page *v, const struct buf *tab);
struct buf person_tab_buf(struct rq *rq);

/* Dates and words on a time axis. */
struct axis_entry { struct date on; struct instant at; const char *colour, *what; struct str text; struct url link; };

extern const struct route person_list_routes[], person_form_routes[], person_page_routes[], category_routes[], tie_routes[], kin_routes[],
    aid_routes[], aid_list_routes[], contact_routes[], consent_routes[], household_routes[], member_routes[], move_routes[], named_routes[], doubles_routes[],
    merge_routes[], unmerge_routes[], merge_house_routes[], grant_routes[], minor_audit_routes[], readers_routes[];
extern const size_t person_list_routes_n, person_form_routes_n, person_page_routes_n, category_routes_n, tie_routes_n, kin_routes_n,
    aid_routes_n, aid_list_routes_n, contact_routes_n, consent_routes_n, household_routes_n, member_routes_n,
    move_routes_n, named_routes_n, doubles_routes_n, merge_routes_n, unmerge_routes_n, merge_house_routes_n, grant_routes_n,
    minor_audit_routes_n, readers_routes_n;
#endif
