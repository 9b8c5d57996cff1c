/* Scales 量表 of a case: what form B and the worker measured, before and after, with a picture. */
#ifndef NUAN_SCALE_H
#define NUAN_SCALE_H
#include "casework/casework.h"
#include "casework/scale_sql.h"
#include "paper/picture.h"

struct score { struct str scale, stage, note; int64_t score; struct date on; struct score_id id; };    /* id 0: from form B */

/* One scale with its scores in the order of days; first and last: the measurements before and after. */
struct scale {
    struct str name, better;
    const struct score *scores;
    size_t n;
    const struct score *first, *last;   /* last NULL: measured only once */
    int64_t change;
    struct picture picture;             /* empty when there is no second measurement */
};

/* All scales of a case; the caller checks that the user may read level S3. */
size_t scale_load(struct rq *rq, const struct casefile *k, struct scale **out);

/* "12.5". */
struct str score_text(struct arena *a, int64_t hundredths);

/* "−9（改善）". */
struct str change_text(struct arena *a, enum lang lang, const struct scale *s);
const char *stage_of_score(struct str stage, enum lang lang);
#endif
