/* Ledgers: dated entries of a few fields about a member of staff or about a unit – trainings, pledges, supervision,
 * filings, partners.  A ledger is an array of fields over one struct; lists, pages, forms, export, clocks, rights and
 * audit are the same for all.  A new one is one more array in staff_kinds.c or unit_kinds.c. */
#ifndef NUAN_LEDGER_H
#define NUAN_LEDGER_H
#include "http/route.h"
#include "ledger/ledger_sql.h"
#include "view/view.h"

/* What an entry can hold.  A ledger uses some of it and says what it is called there. */
struct entry {
    struct str version;
    struct staff_id staff, other;
    struct unit_id unit, target; /* unit: of staff when the ledger is about staff */
    struct str kind, mode, state, title, party, number, body;
    struct date on, until, done;
    int64_t amount, amount_2;
    struct money money;
};
/* Plain braces: compound literals are no constants. */
#define NO_ENTRY                                                                                                       \
    .on = { INT32_MIN }, .until = { INT32_MIN }, .done = { INT32_MIN }, .amount = NO_INT, .amount_2 = NO_INT,          \
    .money = { INT64_MIN }
extern const struct entry no_entry;

/* The form of a ledger over its array of fields. */
#define LEDGER_CHECKED(fields_, check_)                                                                                \
    {                                                                                                                  \
        .name = "entry", .fields = fields_, .n = COUNT(fields_), .size = sizeof(struct entry), .check = check_,        \
        .fresh = &no_entry                                                                                             \
    }
#define LEDGER(fields_) LEDGER_CHECKED(fields_, NULL)

enum ledger_about { ABOUT_STAFF, ABOUT_UNIT };

/* What "until" means: nothing; it must be done by then (field "done"); it is valid until then, and must be renewed. */
enum ledger_clock { CLOCK_NONE, CLOCK_TERM, CLOCK_VALID };

struct ledger {
    const char *code, *title; /* "training": in addresses and in the table; T() */
    const char *group;        /* T(): the heading it stands under */
    const char *hint;         /* T(): what it is for; NULL */
    const char *columns;      /* the fields that its list shows, "kind title on amount" */
    enum ledger_about about;
    enum ledger_clock clock;
    enum may writes;    /* who may write beside those who manage staff (STAFF_WRITE); MAY_NOTHING: nobody */
    const char *undone; /* T(): what is said of a term that nothing was done about yet, "未备案"; NULL: nothing */
    bool own;           /* a member of staff writes his own */
    bool closed;        /* only he and those who manage staff read it */
    bool down;          /* what a unit enters holds for the units below, which read it too */
    bool versions;      /* a revision is a new entry; the old one stays to be read */
    bool elsewhere;     /* written by another page only */
    int (*days)(void);  /* how long its term usually is, from data; NULL: the form leaves it empty */
    const char *function; /* only units whose level has this function in the profile write it, where some level has; NULL */
    const char *each;   /* its entries stand together by "mode" and "party", as many each as this rule's parameter "each" says; NULL */
    bool calendar;      /* stands in the calendar on its day */
    bool steps;         /* "state" goes through its choices one by one */
    struct form form;   /* of struct entry; its check sees the parsed struct */
};

extern const struct choice transfer_kinds[2]; /* for a time, for good */
extern const struct ledger staff_ledgers[], unit_ledgers[], network_ledgers[];
extern const size_t staff_ledgers_n, unit_ledgers_n, network_ledgers_n;
const struct ledger *ledger_find(struct str code); /* NULL: none */

/* Writes one, from within a write transaction; asserts that there is such a ledger.  by: 0, the program itself. */
struct entry_id ledger_add(struct db *db, int64_t area, const char *ledger, const struct entry *e, struct user_id by);

/* What is recorded about a member of staff goes with him to another unit.  In a write transaction. */
void ledger_follow(struct db *db, int64_t area, struct staff_id staff, struct unit_id unit);

/* For choosing a unit of the user's scope, or somebody in service there. */
const struct choice *ledger_units_offered(struct rq *rq, size_t *n);
const struct choice *ledger_staff_offered(struct rq *rq, size_t *n);

/* The ledgers named, as far as the user may read them, of one member of staff: a card each.  codes ends with NULL. */
void ledger_cards(struct buf *o, struct rq *rq, struct staff_id staff, struct unit_id unit, const char *const *codes);

/* The word for a code of a field: ledger_choice("training", "kind", …).  "": unknown. */
const char *ledger_choice(const char *ledger, const char *field, struct str code, enum lang lang);

extern const struct module ledger_module;
#endif
