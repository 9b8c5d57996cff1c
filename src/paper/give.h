/* Before a list or a paper with people's data leaves the program: what for, and to whom (GZ-13).  One short question, answered for
 * work inside the station by the button alone; the answer goes into the disclosure register together with the file. */
#ifndef NUAN_GIVE_H
#define NUAN_GIVE_H
#include "audit/disclose.h"
#include "http/route.h"
#include "view/view.h"

struct give { struct str give_purpose, give_receiver, give_basis, give_note; };
extern const struct form give_form;

/* The page that asks; the dialog of the button asks the same without leaving the list. */
enum http give_ask(struct rq *rq);

/* The two routes of such a file: GET asks, POST gives. */
#define GIVEN(path, may, run, ...) GET(path, may, give_ask, __VA_ARGS__), \
    POST(path, may, run, .form = &give_form, .redraw = give_ask, .reads = true, .slow = true, __VA_ARGS__)

/* What was answered, as the beginning of a row: kind ("export", "print"), receiver, purpose, basis.  The caller adds whose data it is
 * and which, and hands it to disclosure_note_given. */
struct disclosure *give_answered(struct rq *rq, const struct give *in, struct unit_id unit, const char *kind);

/* The questions; rq NULL: in a dialog, before anything was typed. */
void give_fields(struct buf *o, const struct rq *rq);
#endif
