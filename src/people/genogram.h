/* The picture of a family (家庭结构图) in the standard symbols: a square is male, a circle female, a diamond not known; a cross is
 * somebody who died, a double edge the person it is about.  Who is whose is told by the relation to the head of the household
 * (GB/T 4761); what that leaves open (which child a grandchild belongs to) is drawn dashed. */
#ifndef NUAN_GENOGRAM_H
#define NUAN_GENOGRAM_H
#include "base/base.h"

struct kin {
    struct str name, relation, sex;     /* GB/T 4761, GB/T 2261.1 */
    int age;                            /* -1: not known */
    bool died, self;
};

enum gen_shape { GEN_MALE, GEN_FEMALE, GEN_UNKNOWN };
struct gen_node { int x, y; enum gen_shape shape; const struct kin *kin; };
struct gen_line { int x1, y1, x2, y2; bool dashed; };
struct genogram {
    struct gen_node *nodes;
    size_t nodes_n;
    struct gen_line *lines;
    size_t lines_n;
    int width, height;
    const struct kin **others;          /* who lives there and is no relative, or whose relation is not known */
    size_t others_n;
};
enum { GEN_SIZE = 40 };                 /* of a symbol; x and y are its middle */

/* Lays out a family; everything is in the arena, and kin must live as long. */
void genogram_lay(struct arena *a, const struct kin *kin, size_t n, struct genogram *out);
#endif
