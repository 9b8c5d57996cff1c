/* Shared by the files of this folder, the search, the roster and what stands on the pages of a household; nobody else's. */
#ifndef NUAN_PERSON_H
#define NUAN_PERSON_H
#include "people/people.h"

/* The rule of person_relation, for lists that have the answers in their rows. */
struct relation person_relation_of(const struct rq *rq, int64_t level, struct date born, bool mine, bool others, bool assigned, bool named);

/* The search terms of a name. */
void person_terms_save(struct db *db, struct unit_id unit, struct person_id id, struct str name, struct str pinyin);
void person_terms_drop(struct db *db, struct unit_id unit, struct person_id id, struct str name, struct str pinyin);

/* Another unit of the same area serves him from now on, and finds him.  The history (person_move) is the caller's. */
void person_to_unit(struct db *db, struct person_id id, struct unit_id unit);

/* Keeps person.categories and person.level current. */
void category_summarise(struct db *db, int64_t area, struct person_id person);

/* What to look for in person_term: two ranges, and a pattern for names of three characters and more ("" for none). */
struct name_query { struct str term, term_end, term2, term2_end, pattern; };
bool name_query(struct arena *a, struct str typed, struct name_query *out);
#endif
