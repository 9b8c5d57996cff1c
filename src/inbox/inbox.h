/* The inbox 收件箱: what somebody must know at once, and the ways by which he learns of it outside of nuan (mail, webhook). */
#ifndef NUAN_INBOX_H
#define NUAN_INBOX_H
#include "http/route.h"
#include "view/view.h"
#include "inbox/inbox_sql.h"
#include <jansson.h>

/* kind: crisis, discovery, duty, waiver, waived, named, opened, asked, answered; entity: case, discovery, report, grant.  ref is its number, never a name. */
struct inbox_news { const char *kind, *entity; int64_t id; struct str ref; struct unit_id unit; };

/* Tells these accounts, and with heads the heads of the unit and of those above it.  In the transaction of the change itself: what is
 * kept is told.  Mail and webhook are only put down here; the courier sends them later, and cannot harm what was saved. */
void inbox_tell(struct rq *rq, const struct inbox_news *n, const struct user_id *to, size_t to_n, bool heads);

const char *inbox_kind_label(struct str kind, enum lang lang);

/* The settings of a way out: sealed JSON; NULL when it is not set up. */
const json_t *channel_open(struct db *db, struct arena *a, const char *name);

struct inbox_page { struct rq *rq; const struct inbox_list_row *rows; size_t n, total; bool done; int64_t page, per_page; };
struct url inbox_where(struct arena *a, const struct inbox_list_row *r);       /* the record itself */
extern const struct module inbox_module;
extern const struct route inbox_routes[], channel_routes[], hook_routes[];
extern const size_t inbox_routes_n, channel_routes_n, hook_routes_n;
#endif
