/* Civil dates (Asia/Shanghai, which has had no clock change since 1991) and instants (UTC). */
#ifndef NUAN_DATE_H
#define NUAN_DATE_H
#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

/* Days since 1970-01-01; NO_DATE means "not known".  Stored in the database as ISO text. */
struct date { int32_t days; };
#define NO_DATE ((struct date){ INT32_MIN })

/* Milliseconds since 1970-01-01T00:00Z; NO_TIME means "not known". Stored as a number. */
struct instant { int64_t ms; };
#define NO_TIME ((struct instant){ INT64_MIN })

struct ymd { int y, m, d; };

bool date_known(struct date d);
bool date_of(int y, int m, int d, struct date *out);    /* false when there is no such day */
struct ymd date_ymd(struct date d);
bool date_parse(struct str s, struct date *out);        /* 2026-11-22, 2026/1/5, 2026.1.5, 20261122, 2026年1月5日 */
size_t date_print(struct date d, char out[16]);         /* "2026-11-22"; "" when not known */
struct date date_add(struct date d, int days);
struct date date_add_months(struct date d, int months); /* 31 Jan + 1 month = 28 or 29 Feb */
int date_diff(struct date later, struct date earlier);  /* days */
int date_age(struct date born, struct date on);         /* full years; -1 when not known or not born yet */
int date_weekday(struct date d);                        /* 1 = Monday … 7 = Sunday */

bool instant_known(struct instant t);
struct instant instant_now(void);
struct instant instant_at(struct date d, int hour, int minute);         /* Asia/Shanghai */
struct date instant_date(struct instant t);                             /* Asia/Shanghai */
size_t instant_print(struct instant t, char out[24]);   /* "2026-11-22 14:05" in Asia/Shanghai; "" when not known */
bool instant_parse(struct str s, struct instant *out);  /* "2026-11-22 14:05" or with T; Asia/Shanghai */

/* The clock of the program; tests and the demo may stop it. */
struct date today(void);
void clock_stop(struct instant t);                      /* NO_TIME lets it run again */
#endif
