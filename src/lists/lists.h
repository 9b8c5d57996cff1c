/* Lists (清单): needs, problems, resources, services, projects, tasks, institutions of a unit for a period.  Which lists a place
 * has, what they are called and into which kinds they are sorted stands in its profile ("lists"); what a line of each says is
 * an array of fields in kinds.c.  A list is a draft until it is published; then its words are fixed, the state of its lines
 * goes on, and a new version begins as a copy. */
#ifndef NUAN_LISTS_H
#define NUAN_LISTS_H
#include "http/route.h"
#include "network/profile.h"

/* What a line can say.  A shape uses some of it. */
struct line {
    struct str version;
    struct str text, kind, topic, source, sector, priority, audience, catalogue, content, standard, frequency, record_form, party;
    struct staff_id staff;
    int64_t amount;
    struct date due;
};
#define NO_LINE .amount = NO_INT, .due = { INT32_MIN }
extern const struct line no_line;

struct list_shape {
    const char *code;
    const char *columns;                /* the fields that the list shows, "text kind source" */
    const struct field *fields;
    size_t n;
    const struct choice *states;        /* the first is that of a new line */
    size_t states_n;
    const char *reasons;                /* states that need a reason, "refused" */
    bool counted;                       /* a line is done when its amount is */
    bool answered;                      /* what it says can become a project */
};

/* A list that the place has. */
struct list_kind {
    struct str code;
    const char *zh, *en, *scheme;       /* scheme: the catalogue of the place */
    const struct list_shape *shape;
    const struct choice *kinds, *audiences, *sources;
    const int64_t *least;               /* of each kind: how many lines there must be */
    size_t kinds_n, audiences_n, sources_n;
};

extern const struct list_shape list_shapes[];
extern const size_t list_shapes_n;

/* The lists of a place, those of the profile it stands on when it names none.  In the arena. */
const struct list_kind *list_kinds(struct arena *a, const struct profile *p, size_t *n);
const struct list_kind *list_kind(struct arena *a, const struct profile *p, struct str code);   /* NULL: there is none */

/* The form of a line: what the place has nothing to choose for is not asked. */
const struct form *list_form(struct arena *a, const struct list_kind *k);

/* From within a write transaction, for the program itself. */
struct list_new { struct unit_id unit; const char *kind, *title; struct date from, to; struct user_id by; };
struct list_id list_make(struct db *db, const struct list_new *in);
struct line_id list_add(struct db *db, struct list_id list, const struct list_kind *k, const struct line *in);
bool list_publish(struct db *db, struct list_id list, struct date day);         /* false: it is no draft, or empty */
struct list_id list_revise(struct db *db, struct list_id list, struct user_id by);      /* a draft of the next version; 0: there is one already */
void list_join(struct db *db, struct line_id a, struct line_id b);              /* the two lines belong together */

extern const struct module lists_module;
#endif
