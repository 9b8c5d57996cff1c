/* Where in the HTML are we?  Enough of a tokenizer to know whether a value may stand here and how it is escaped. */
#ifndef NUAN_HTMLPOS_H
#define NUAN_HTMLPOS_H
#include <stdbool.h>

enum at {
    AT_TEXT,
    AT_OPEN,                            /* behind '<', the tag's name is not complete */
    AT_TAG,                             /* inside a tag, between attributes */
    AT_NAME,                            /* in an attribute's name */
    AT_EQUALS,                          /* behind its '=' */
    AT_UNQUOTED, AT_DOUBLE, AT_SINGLE,  /* in its value */
    AT_COMMENT,                         /* <!-- … --> and <!doctype> */
    AT_SCRIPT,                          /* between <script src> and </script> */
};

struct pos {
    enum at at;
    char tag[32], attr[48];             /* lower case; attr also in its value */
    bool src;                           /* the tag has a src attribute */
    bool glued;                         /* a block stands before, and no blank since */
    char last[2];                       /* the two characters before, to find the end of a comment */
};

/* One character of literal HTML.  NULL, or why it is refused. */
const char *pos_step(struct pos *p, char c);
/* A block directive ({{if}}, {{end}} …) stands here.  NULL, or why it cannot. */
const char *pos_block(struct pos *p);
/* May a value stand here?  NULL, or why not. */
const char *pos_value(const struct pos *p);
bool pos_in_attribute(const struct pos *p);
bool pos_is_url(const struct pos *p);
/* The same place, so that branches of a block may meet? */
bool pos_same(const struct pos *a, const struct pos *b);
#endif
