#include "operate/rotate.h"
#include "audit/chain.h"
#include "operate/rotate_sql.h"
#include "people/people.h"
#include "seal/seal.h"

enum { BATCH = 500, COLUMNS_MAX = 40 };

/* Every column whose name ends in _sealed stands here; rotate_test finds one that is missing.  key: two numbers that lead to a row. */
#define BY_ID "area_id, id"
#define BY_ACCOUNT "account_id, account_id"
const struct sealed_column sealed_columns[] = {
    { "person", "idno_sealed", SEAL_IDNO, BY_ID, "idno_hash" },
    { "person", "phone_sealed", SEAL_PHONE, BY_ID, "phone_hash" },
    { "person", "phone2_sealed", SEAL_PHONE, BY_ID, NULL },
    { "person", "safe_phone_sealed", SEAL_SAFE_PHONE, BY_ID, NULL },
    { "person", "address_sealed", SEAL_ADDRESS, BY_ID, NULL },
    { "person", "reg_address_sealed", SEAL_ADDRESS, BY_ID, NULL },
    { "person", "disability_no_sealed", SEAL_DISABILITY, BY_ID, NULL },
    { "household", "address_sealed", SEAL_ADDRESS, BY_ID, NULL },
    { "contact", "phone_sealed", SEAL_PHONE, BY_ID, NULL },
    { "staff", "phone_sealed", "staff.phone", BY_ID, NULL },
    { "merge", "before_sealed", "merge.before", BY_ID, NULL },
    { "referral", "shared_sealed", "referral.shared", BY_ID, NULL },
    { "discovery", "name_sealed", "report.line", BY_ID, NULL },
    { "discovery", "told_sealed", "report.told", BY_ID, NULL },
    { "discovery", "reporter_sealed", "report.told", BY_ID, NULL },
    { "report", "content_sealed", "report.told", BY_ID, NULL },
    { "response", "note_sealed", "report.line", "area_id, subject_id", NULL },
    { "report_event", "text_sealed", "report.line", BY_ID, NULL },
    { "draft", "typed_sealed", "draft.typed", "area_id, account_id", NULL },
    { "hook", "settings_sealed", "hook", BY_ID, NULL },
    { "account_mail", "address_sealed", "account.mail", BY_ACCOUNT, NULL },
    { "account_totp", "secret_sealed", "account.totp", BY_ACCOUNT, NULL },
};
const size_t sealed_columns_n = COUNT(sealed_columns);

/* ---- Statements.  The only ones that are made while the program runs: three for each column above, of fixed words. ---- */

struct list_in { int64_t a, b; struct str mark; };
struct list_row { int64_t a, b; struct str sealed; };
struct put_in { int64_t a, b; struct str old, fresh, hash; };
struct left_row { int64_t n; };
static const struct db_slot list_slots[] = {
    { "a", DB_INT, false, offsetof(struct list_in, a) }, { "b", DB_INT, false, offsetof(struct list_in, b) },
    { "mark", DB_TEXT, false, offsetof(struct list_in, mark) },
};
static const struct db_slot list_out[] = {
    { "a", DB_INT, false, offsetof(struct list_row, a) }, { "b", DB_INT, false, offsetof(struct list_row, b) },
    { "sealed", DB_TEXT, false, offsetof(struct list_row, sealed) },
};
static const struct db_slot put_slots[] = {
    { "a", DB_INT, false, offsetof(struct put_in, a) }, { "b", DB_INT, false, offsetof(struct put_in, b) },
    { "old", DB_TEXT, false, offsetof(struct put_in, old) }, { "fresh", DB_TEXT, false, offsetof(struct put_in, fresh) },
    { "hash", DB_TEXT, true, offsetof(struct put_in, hash) },
};
static const struct db_slot left_slots[] = { { "mark", DB_TEXT, false, 0 } };
static const struct db_slot left_out[] = { { "n", DB_INT, false, offsetof(struct left_row, n) } };

static struct { char text[3][DB_DRIVERS][400]; struct db_query list, put, left; } made[COLUMNS_MAX];
_Static_assert(COUNT(sealed_columns) <= COLUMNS_MAX, "more columns than statements");

static void
make(size_t i)
{
    const struct sealed_column *c = &sealed_columns[i];
    for (int d = 0; d < DB_DRIVERS; d++) {
        char p = d == DB_SQLITE ? '?' : '$';
        struct str rest = str_of(c->key), first = str_cut(&rest, ',');
        struct str second = str_trim(rest);
        snprintf(made[i].text[0][d], sizeof made[i].text[0][d],
                 "SELECT %.*s, %.*s, %s FROM %s WHERE (%s) > (%c1, %c2) AND %s NOT LIKE %c3 ORDER BY %s LIMIT %d",
                 FMT(first), FMT(second), c->column, c->table, c->key, p, p, c->column, p, c->key, BATCH);
        snprintf(made[i].text[1][d], sizeof made[i].text[1][d], "UPDATE %s SET %s = %c4%s%s%s WHERE %.*s = %c1 AND %.*s = %c2 AND %s = %c3",
                 c->table, c->column, p, c->hash ? ", " : "", c->hash ? c->hash : "", c->hash ? d == DB_SQLITE ? " = ?5" : " = $5" : "",
                 FMT(first), p, FMT(second), p, c->column, p);
        snprintf(made[i].text[2][d], sizeof made[i].text[2][d], "SELECT count(*) FROM %s WHERE %s NOT LIKE %c1", c->table, c->column, p);
    }
    made[i].list = (struct db_query){ .name = "rotate_list", .sql = { made[i].text[0][0], made[i].text[0][1] }, .in = list_slots,
        .in_n = COUNT(list_slots), .out = list_out, .out_n = COUNT(list_out), .row_size = sizeof(struct list_row) };
    made[i].put = (struct db_query){ .name = "rotate_put", .sql = { made[i].text[1][0], made[i].text[1][1] }, .in = put_slots,
        .in_n = (uint8_t)(c->hash ? COUNT(put_slots) : COUNT(put_slots) - 1), .writes = true };
    made[i].left = (struct db_query){ .name = "rotate_left", .sql = { made[i].text[2][0], made[i].text[2][1] }, .in = left_slots,
        .in_n = COUNT(left_slots), .out = left_out, .out_n = COUNT(left_out), .row_size = sizeof(struct left_row) };
}

static void
make_all(void)
{
    for (size_t i = 0; i < sealed_columns_n && made[i].list.name == NULL; i++) make(i);
}

static struct str
mark(struct arena *a)
{
    return str_fmt(a, "%d:%%", seal_generation());
}

/* ---- How much is left ---- */

static int64_t
settings_left(struct db *db)
{
    struct rotate_settings_row *rows;
    struct arena *a = db_arena(db);
    struct str now = str_fmt(a, "%d:", seal_generation());
    int64_t left = 0;
    size_t n = rotate_settings(db, &rows);
    for (size_t i = 0; i < n; i++) left += !str_starts(rows[i].value, now);
    return left;
}

int64_t
rotate_left(struct db *db)
{
    int64_t left = settings_left(db);
    make_all();
    for (size_t i = 0; i < sealed_columns_n; i++) {
        struct left_row *row;
        struct str in = mark(db_arena(db));
        if (db_run(db, &made[i].left, &in, (void **)&row)) left += row->n;
    }
    return left;
}

/* ---- Sealing anew ---- */

struct work { struct db *db; int64_t batches, limit, failed; bool broken; void (*tell)(const struct sealed_column *, int64_t); };

/* One batch behind a key; *last: where it ended.  How many rows it saw. */
static size_t
batch(struct work *w, size_t i, struct list_in *last, int64_t *done)
{
    struct arena a = { 0 };
    struct list_row *rows;
    const struct sealed_column *c = &sealed_columns[i];
    db_begin(w->db, &a, DB_WRITE);
    last->mark = mark(&a);
    size_t n = db_run(w->db, &made[i].list, last, (void **)&rows);
    for (size_t r = 0; r < n; r++) {
        struct str plain = unseal(&a, c->purpose, rows[r].sealed);
        last->a = rows[r].a;
        last->b = rows[r].b;
        if (plain.p == NULL) {
            w->failed++;
            continue;
        }
        /* A value that was changed meanwhile is sealed with the new key already. */
        struct put_in in = { rows[r].a, rows[r].b, rows[r].sealed, seal(&a, c->purpose, plain),
                             c->hash ? seal_hash(&a, c->purpose, plain) : NO_STR };
        *done += (int64_t)db_run(w->db, &made[i].put, &in, NULL);
    }
    w->broken = !db_commit(w->db) || w->broken;
    arena_clear(&a);
    w->batches++;
    return n;
}

static bool
over(const struct work *w)
{
    return w->limit && w->batches >= w->limit;
}

static void
column(struct work *w, size_t i)
{
    struct list_in last = { INT64_MIN + 1, INT64_MIN + 1, NO_STR };
    int64_t done = 0;
    size_t n;
    do {
        if (over(w)) return;
        n = batch(w, i, &last, &done);
    } while (n == BATCH && !w->broken);
    if (done && w->tell != NULL) w->tell(&sealed_columns[i], done);
}

static void
settings(struct work *w)
{
    struct arena a = { 0 };
    struct rotate_settings_row *rows;
    db_begin(w->db, &a, DB_WRITE);
    size_t n = rotate_settings(w->db, &rows);
    for (size_t i = 0; i < n; i++) {
        struct str plain = unseal(&a, str_z(&a, rows[i].name), rows[i].value);
        if (plain.p != NULL) rotate_setting(w->db, rows[i].name, rows[i].value, seal(&a, str_z(&a, rows[i].name), plain));
        else w->failed++;
    }
    w->broken = !db_commit(w->db);
    arena_clear(&a);
}

bool
rotate(struct db *db, int64_t batches, void (*tell)(const struct sealed_column *c, int64_t done), int64_t *left)
{
    struct work w = { .db = db, .limit = batches, .tell = tell };
    struct arena a = { 0 };
    make_all();
    settings(&w);
    for (size_t i = 0; i < sealed_columns_n && !w.broken; i++) column(&w, i);
    db_begin(db, &a, DB_WRITE);
    *left = rotate_left(db);
    if (*left == 0) {
        chain_seal(db, true);
        seal_rebind(db);
        rotate_bound(db, str_fmt(&a, "%lld", (long long)instant_now().ms));
    }
    bool ok = db_commit(db) && w.failed == 0 && !w.broken;
    arena_clear(&a);
    return ok;
}
