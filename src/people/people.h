/* Persons and households: what other parts of the work may ask and do. */
#ifndef NUAN_PEOPLE_H
#define NUAN_PEOPLE_H
#include "auth/role.h"
#include "http/route.h"

/* What the sealed columns are bound to. */
#define SEAL_IDNO "person.idno"
#define SEAL_PHONE "person.phone"
#define SEAL_SAFE_PHONE "person.safe_phone"
#define SEAL_ADDRESS "person.address"
#define SEAL_DISABILITY "person.disability_no"

/* Scope of a route whose first id is a person: in the user's subtree, and known to him when the person is S4. */
bool person_in_scope(struct rq *rq);

/* Scope of a route whose first id is a household: kept in the user's subtree. */
bool household_in_scope(struct rq *rq);

/* Up to which level the person's file was opened to the user for a time (people/grant.c); 0: it was not. */
int person_granted(struct rq *rq, struct person_id person);

/* How the user relates to a person.  own: responsible worker of an open case of his, or nobody else is and the user
 * registers people; assigned: supervisor of a case of his; named: may know him although he is S4; granted: his file was opened
 * to the user for a time. */
struct relation person_relation(struct rq *rq, struct person_id id);

/* What must be minded before a person is called: to be shown wherever his telephone is.  NO_STR: nothing. */
struct str person_call_warning(struct arena *a, enum lang lang, struct str rule, struct str hours);

/* What the user may do with data of a level about a person: everything about a minor counts as S3 at least. */
enum access person_access(const struct rq *rq, int level, struct relation rel, struct date born);

/* Who somebody is, for the head of a page.  False when there is nobody (scope is not asked). */
struct person_head {
    struct person_id id;
    int64_t area;
    struct unit_id unit;
    struct household_id household;
    struct str name, sex, categories, capacity;
    struct date born;
    int level;
};
bool person_head(struct db *db, struct person_id id, struct person_head *out);

/* A new person with the fewest facts; the rest is NO_STR.  idno, phone and address are given plain. */
struct person_new {
    int64_t area;
    struct unit_id unit;
    struct str name, sex, idno, phone, division, address, ethnic;
    struct date born;
    struct person_id self;              /* person_matches: who is not his own double */
};
/* False when the number is registered already.  In a write transaction. */
bool person_make(struct db *db, const struct person_new *in, struct person_id *made);

/* Who of the area may be the same person: the same ID number, or a name that sounds alike with the same birth date, telephone,
 * address or village, or the same name alone (weak).  Only those whom the user may know and who are in his subtree; unseen: the
 * number is registered with somebody whom he may not see. */
struct person_match { struct person_id id; struct str name, sex, unit_name; struct date born; const char *why; bool sure, weak; };
size_t person_matches(struct rq *rq, const struct person_new *in, struct person_match **out, bool *unseen);

/* Those who may be meant as choices of a form (code: the id), and "new" at the end. */
const struct choice *person_match_choices(struct rq *rq, const struct person_match *m, size_t n, size_t *out_n);

/* The person who was chosen of them: found, or made, with a category if one is given.  NULL, or what is wrong with the
 * choice.  ref: where he comes from, for the audit. */
const char *person_settle(struct rq *rq, const struct person_new *in, struct str chosen, struct str category,
                          struct str ref, struct person_id *person);

/* The person is served by another station from today on.  In a write transaction. */
void person_move_unit(struct rq *rq, struct person_id person, struct unit_id from, struct unit_id to, struct str reason);

/* Gives a category from a day on and keeps person.categories and person.level current.  source: list, document,
 * statement, assessment.  False when he has it already. */
bool category_give(struct db *db, int64_t area, struct person_id person, struct str category, struct date from, struct str source);

/* May somebody with these categories stand in an exported list ("A01,E02")?  The file of a minor under community correction
 * may be given to nobody (社区矫正法 54). */
bool category_exported(struct str categories);

/* Names an account on a person of level S4. */
void person_name_account(struct db *db, int64_t area, struct person_id person, struct user_id account, struct user_id by, struct str reason);

/* His family and the world around him, drawn for paper; empty (n is 0) where there is nothing to draw.  The caller checks that the user
 * may read level S3. */
struct picture;
void person_pictures(struct rq *rq, struct person_id person, struct picture *family, struct picture *world);

/* A household with its head, and a member.  no: NO_STR makes one.  False when the number is taken, or the person is an
 * open member of a household already. */
bool household_make(struct db *db, int64_t area, struct unit_id unit, struct str no, struct str division, struct str address,
                    struct date on, struct household_id *made);
bool household_join(struct db *db, int64_t area, struct household_id household, struct person_id person, struct str relation, struct date on);

/* Is there a consent of a kind (code of consent_text), or a legal basis instead, that was not withdrawn?  For a person who
 * was under 8 or without civil capacity when it was given, only one given by a guardian counts (GZ-12); under 14 too for
 * the kinds processing, sensitive and share (PIPL art. 31). */
bool consent_valid(struct db *db, int64_t area, struct person_id person, struct str kind);

/* Must a guardian give the consent? capacity: full, limited, none. */
bool consent_needs_guardian(struct str kind, struct str capacity, struct date born, struct date on);

/* The newest version of a text ("notice"); 0 when there is none. */
int64_t consent_version(struct db *db, struct str kind);

/* Loads data/consents.json into consent_text; new wording becomes a new version.  False after logging what is wrong.
 * In a write transaction. */
bool consent_texts_load(struct db *db);
#endif
