/* Search terms of a person's name, and what to look for when a user types a part of it.
 *
 *   n:秀英        two neighbouring characters; the last character alone; a word in another script
 *   p:xiuying     pinyin written together, with and without the surname; a word in Latin letters
 *   i:zxy         initials */
#ifndef NUAN_TEXT_H
#define NUAN_TEXT_H
#include "base/base.h"

/* The terms to store for a name, without doubles.  pinyin: as pinyin_of writes it, or corrected by the user. */
size_t text_terms(struct arena *a, struct str name, struct str pinyin, struct str **terms);

enum term_match {
    TERM_EXACT,                         /* the term itself */
    TERM_PREFIX,                        /* every term that starts like this */
    TERM_VERIFY,                        /* the term itself, and text_holds(name, typed) */
};

struct text_query { struct str term; enum term_match match; };

/* What to look for (one or the other); 0 when nothing was typed that could stand in a name. */
size_t text_query(struct arena *a, struct str typed, struct text_query out[2]);

/* Whether a name holds what was typed; blanks, dots and case make no difference. */
bool text_holds(struct arena *a, struct str name, struct str typed);
#endif
