#include "base/base.h"
#include <stdatomic.h>
#include <time.h>

enum { SHANGHAI_MS = 8 * 3600 * 1000, DAY_MS = 86400000 };

static _Atomic int64_t stopped = INT64_MIN;

bool date_known(struct date d) { return d.days != INT32_MIN; }
bool instant_known(struct instant t) { return t.ms != INT64_MIN; }

/* Days from civil and back: the usual era arithmetic, exact for all years used here. */
static int32_t
days_of(int y, int m, int d)
{
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1, doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (int32_t)(era * 146097 + doe - 719468);
}

struct ymd
date_ymd(struct date date)
{
    if (!date_known(date)) return (struct ymd){ 0 };
    int z = date.days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int m = mp < 10 ? mp + 3 : mp - 9;
    return (struct ymd){ yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1 };
}

bool
date_of(int y, int m, int d, struct date *out)
{
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31) return false;
    struct date made = { days_of(y, m, d) };
    struct ymd back = date_ymd(made);
    if (back.y != y || back.m != m || back.d != d) return false;
    *out = made;
    return true;
}

/* Reads up to max digits; returns how many. */
static size_t
digits(struct str *s, size_t max, int *out)
{
    size_t n = 0;
    for (*out = 0; n < max && n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++) *out = *out * 10 + (s->p[n] - '0');
    *s = (struct str){ s->p + n, s->n - n };
    return n;
}

static bool
skip(struct str *s, const char *const *seps)
{
    for (; *seps; seps++) {
        struct str sep = str_of(*seps);
        if (str_starts(*s, sep)) {
            *s = (struct str){ s->p + sep.n, s->n - sep.n };
            return true;
        }
    }
    return false;
}

bool
date_parse(struct str s, struct date *out)
{
    static const char *const between[] = { "-", "/", ".", "年", "月", NULL }, *const last[] = { "日", "号", NULL };
    int y, m, d;

    s = str_trim(s);
    if (s.n == 0) return false;
    if (s.n == 8) {
        struct str t = s;
        if (digits(&t, 4, &y) == 4 && digits(&t, 2, &m) == 2 && digits(&t, 2, &d) == 2) return date_of(y, m, d, out);
    }
    if (digits(&s, 4, &y) != 4 || !skip(&s, between)) return false;
    if (digits(&s, 2, &m) == 0 || !skip(&s, between)) return false;
    if (digits(&s, 2, &d) == 0) return false;
    skip(&s, last);
    return s.n == 0 && date_of(y, m, d, out);
}

size_t
date_print(struct date d, char out[16])
{
    struct ymd c = date_ymd(d);
    if (!date_known(d)) return (size_t)(out[0] = 0);
    return (size_t)snprintf(out, 16, "%04u-%02u-%02u", (unsigned)c.y % 10000u, (unsigned)c.m % 100u, (unsigned)c.d % 100u);
}

struct date
date_add(struct date d, int days)
{
    return date_known(d) ? (struct date){ d.days + days } : d;
}

struct date
date_add_months(struct date d, int months)
{
    if (!date_known(d)) return d;
    struct ymd c = date_ymd(d);
    int m = c.y * 12 + c.m - 1 + months;
    for (int day = c.d; day > 0; day--)
        if (date_of(m / 12, m % 12 + 1, day, &d)) return d;
    return NO_DATE;
}

int
date_diff(struct date later, struct date earlier)
{
    return later.days - earlier.days;
}

int
date_age(struct date born, struct date on)
{
    if (!date_known(born) || !date_known(on) || on.days < born.days) return -1;
    struct ymd b = date_ymd(born), o = date_ymd(on);
    return o.y - b.y - (o.m < b.m || (o.m == b.m && o.d < b.d));
}

int
date_weekday(struct date d)
{
    return ((d.days + 3) % 7 + 7) % 7 + 1;
}

struct instant
instant_now(void)
{
    int64_t fixed = atomic_load(&stopped);
    if (fixed != INT64_MIN) return (struct instant){ fixed };
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct instant){ (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}

void
clock_stop(struct instant t)
{
    atomic_store(&stopped, t.ms);
}

struct instant
instant_at(struct date d, int hour, int minute)
{
    return (struct instant){ (int64_t)d.days * DAY_MS + (int64_t)(hour * 60 + minute) * 60000 - SHANGHAI_MS };
}

struct date
instant_date(struct instant t)
{
    if (!instant_known(t)) return NO_DATE;
    int64_t ms = t.ms + SHANGHAI_MS;
    return (struct date){ (int32_t)(ms >= 0 ? ms / DAY_MS : -((-ms + DAY_MS - 1) / DAY_MS)) };
}

size_t
instant_print(struct instant t, char out[24])
{
    if (!instant_known(t)) return (size_t)(out[0] = 0);
    char day[16];
    struct date d = instant_date(t);
    date_print(d, day);
    unsigned minute = (unsigned)((t.ms + SHANGHAI_MS - (int64_t)d.days * DAY_MS) / 60000) % 1440u;
    return (size_t)snprintf(out, 24, "%s %02u:%02u", day, minute / 60, minute % 60);
}

bool
instant_parse(struct str s, struct instant *out)
{
    struct date d;
    int h, m;
    s = str_trim(s);
    if (s.n < 16 || !date_parse((struct str){ s.p, 10 }, &d) || (s.p[10] != ' ' && s.p[10] != 'T')) return false;
    struct str t = { s.p + 11, s.n - 11 };
    if (digits(&t, 2, &h) != 2 || t.n == 0 || t.p[0] != ':') return false;
    t = (struct str){ t.p + 1, t.n - 1 };
    if (digits(&t, 2, &m) != 2 || h > 23 || m > 59) return false;
    if (t.n == 3 && t.p[0] == ':') t.n = 0;             /* browsers may add the seconds */
    if (t.n != 0) return false;
    *out = instant_at(d, h, m);
    return true;
}

struct date
today(void)
{
    return instant_date(instant_now());
}
