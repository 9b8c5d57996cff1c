/* Pinyin of personal names: surname readings for the surname, the common reading for the rest. */
#ifndef NUAN_PINYIN_H
#define NUAN_PINYIN_H
#include "base/base.h"

#define PINYIN_FILE "codes/pinyin.json"

/* Reads the corrections and the compound surnames; false after logging what is wrong with the file.
 * Called once, by codes_load. */
bool pinyin_load(void);

/* "zhang xiu ying": ASCII, lower case, one blank between syllables; ü is written u.  Only Chinese characters are
 * read, dots and other letters are passed over; an empty string when there are none.  Thread-safe, and fast once
 * a character has been seen. */
struct str pinyin_of(struct arena *a, struct str name);

/* How many syllables of pinyin_of(name) are the surname: 2 for 欧阳, else 1; in a name with a dot (阿卜杜拉·买买提)
 * those before the dot. */
size_t pinyin_surname(struct str name);

/* Whether the common reading of a character has ü after l or n, which keyboards write v (吕 lv, 女 nv). */
bool pinyin_has_v(uint32_t character);

bool is_han(uint32_t character);
#endif
