#include "figures/block.h"

struct block_row *
block_add(struct arena *a, struct block *b, struct str label)
{
    if (b->n == b->cap) {
        size_t cap = b->cap ? 2 * b->cap : 16;
        struct block_row *grown = NEW(a, struct block_row, cap);
        if (b->n) memcpy(grown, b->rows, b->n * sizeof *grown);
        b->rows = grown;
        b->cap = cap;
    }
    b->rows[b->n] = (struct block_row){ .label = label };
    return &b->rows[b->n++];
}

struct str
figure_text(struct arena *a, int64_t n, bool stepped, int64_t small)
{
    if (!stepped || n <= 0) return str_fmt(a, "%lld", (long long)n);
    if (n < small) return str_fmt(a, "<%lld", (long long)small);
    int64_t from = n / small * small;
    return str_fmt(a, "%lld–%lld", (long long)from, (long long)(from + small - 1));
}

/* Sensitive rows stand only in the table. */
bool
block_chartable(const struct block *b)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t c = 0; !b->rows[i].sensitive && c < b->charted; c++)
            if (b->rows[i].value[c] != 0) return true;
    return false;
}

struct str
block_json(struct arena *a, const struct block *b, int64_t small)
{
    struct buf o = { .arena = a };
    const char *comma = "";
    LIT(&o, "{\"x\":[");
    for (size_t i = 0; i < b->n; i++) {
        if (b->rows[i].sensitive) continue;
        putf(&o, "%s", comma);
        put_json_str(&o, b->rows[i].label);
        comma = ",";
    }
    LIT(&o, "],\"series\":[");
    for (size_t c = 0; c < b->charted; c++) {
        putf(&o, "%s{\"name\":", c ? "," : "");
        put_json_str(&o, str_of(b->columns[c]));
        LIT(&o, ",\"data\":[");
        comma = "";
        for (size_t i = 0; i < b->n; i++) {
            if (b->rows[i].sensitive) continue;
            int64_t n = b->rows[i].value[c];
            putf(&o, "%s%lld", comma, (long long)(b->stepped ? n / small * small : n));
            comma = ",";
        }
        LIT(&o, "]}");
    }
    LIT(&o, "]");
    if (b->n > 0 && b->rows[0].unit.v) {
        LIT(&o, ",\"href\":[");
        for (size_t i = 0; i < b->n; i++) putf(&o, "%s\"/figures?unit=%lld\"", i ? "," : "", (long long)b->rows[i].unit.v);
        LIT(&o, "]");
    }
    LIT(&o, "}");
    return buf_str(&o);
}

/* A spreadsheet must not take a text for a formula. */
static void
csv_text(struct buf *o, struct str s)
{
    LIT(o, "\"");
    if (s.n && strchr("=+-@", s.p[0]) != NULL) LIT(o, "'");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') LIT(o, "\"");
        put(o, s.p + i, 1);
    }
    LIT(o, "\"");
}

struct str
block_csv(struct arena *a, const struct block *b, int64_t small)
{
    struct buf o = { .arena = a };
    LIT(&o, "\xEF\xBB\xBF");
    csv_text(&o, str_of(b->label));
    for (size_t c = 0; c < b->columns_n; c++) {
        LIT(&o, ",");
        csv_text(&o, str_of(b->columns[c]));
    }
    LIT(&o, "\r\n");
    for (size_t i = 0; i < b->n; i++) {
        csv_text(&o, b->rows[i].label);
        for (size_t c = 0; c < b->columns_n; c++) {
            LIT(&o, ",");
            put_raw(&o, figure_text(a, b->rows[i].value[c], b->stepped, small));
        }
        LIT(&o, "\r\n");
    }
    return buf_str(&o);
}

static struct date
first_of(int y, int m)
{
    struct date d = NO_DATE;
    date_of(y, m, 1, &d);
    return d;
}

struct period
period_of(struct str code, struct date from, struct date to, struct date now)
{
    struct ymd t = date_ymd(now);
    struct period p = { .code = code, .from = first_of(t.y, 1), .to = now };
    int months = 12;

    if (str_is(code, "custom") && date_known(from) && date_known(to) && date_diff(to, from) >= 0) {
        int days = date_diff(to, from) + 1;
        return (struct period){ code, from, to, date_add(from, -days), date_add(from, -1) };
    }
    if (str_is(code, "month")) {
        p.from = first_of(t.y, t.m);
        months = 1;
    } else if (str_is(code, "last_month")) {
        p.from = date_add_months(first_of(t.y, t.m), -1);
        p.to = date_add(first_of(t.y, t.m), -1);
        months = 1;
    } else if (str_is(code, "quarter")) {
        p.from = first_of(t.y, (t.m - 1) / 3 * 3 + 1);
        months = 3;
    } else if (str_is(code, "last_year")) {
        p.from = first_of(t.y - 1, 1);
        p.to = date_add(first_of(t.y, 1), -1);
    } else {
        p.code = STR("year");
    }
    p.was_from = date_add_months(p.from, -months);
    p.was_to = date_add_months(p.to, -months);
    if (date_diff(p.was_to, p.from) >= 0) p.was_to = date_add(p.from, -1);
    if (str_is(code, "last_month")) p.was_to = date_add(p.from, -1);
    return p;
}

/* An empty range: nothing lies between them. */
static const struct span nothing = { { "z", 1 }, { "y", 1 }, { "z", 1 }, { "y", 1 } };

struct span
span_of(struct arena *a, struct date from, struct date to)
{
    struct ymd f = date_ymd(from), t = date_ymd(to);
    struct span s = nothing;
    char day[16];
    if (date_diff(to, from) < 0) return s;
    bool whole_to = to.days >= today().days || date_ymd(date_add(to, 1)).d == 1;
    struct date days_from = f.d != 1 ? from : whole_to ? date_add(to, 1) : first_of(t.y, t.m);
    if (f.d == 1 && date_diff(days_from, from) > 0) {
        struct ymd last = date_ymd(date_add(days_from, -1));
        s.months = str_fmt(a, "m%04d-%02d", f.y, f.m);
        s.months_to = str_fmt(a, "m%04d-%02d", last.y, last.m);
    }
    if (date_diff(to, days_from) >= 0) {
        s.days = str_dup(a, (struct str){ day, date_print(days_from, day) });
        s.days_to = str_dup(a, (struct str){ day, date_print(to, day) });
    }
    return s;
}
