/* loop DATABASE STATION_ID CATEGORY SECONDS -- the limit: SQLite's own rate for the list's query, its rows printed into a buffer as
 * HTML of the size that nuan sends.  No HTTP, no session, no rights, no masks, no count, no counters. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
    static const char sql[] =
        "SELECT p.id, p.name, p.sex, p.born, p.categories, p.phone_sealed, d.name, u.name FROM person p JOIN unit u ON u.id = p.unit_id"
        " LEFT JOIN division d ON d.code = p.division WHERE p.area_id = 350424 AND p.unit_id = ?1 AND p.closed_on IS NULL"
        " AND p.level < 4 AND replace(p.categories, ?2, '') <> p.categories ORDER BY p.pinyin, p.id LIMIT 21";
    static char page[1 << 16];
    sqlite3 *db;
    sqlite3_stmt *st;
    long pages = 0, bytes = argc > 5 ? atol(argv[5]) : 20000;
    if (argc < 5 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK
        || sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) {
        fprintf(stderr, "usage: loop DATABASE STATION_ID CATEGORY SECONDS [BYTES]\n");
        return 2;
    }
    double began = now(), seconds = atof(argv[4]);
    while (now() - began < seconds) {
        size_t n = 0;
        sqlite3_bind_int64(st, 1, atoll(argv[2]));
        sqlite3_bind_text(st, 2, argv[3], -1, SQLITE_STATIC);
        while (sqlite3_step(st) == SQLITE_ROW) {
            n += (size_t)snprintf(page + n, sizeof page - n, "<tr>");
            for (int c = 0; c < 8; c++) n += (size_t)snprintf(page + n, sizeof page - n, "<td>%s</td>", (const char *)sqlite3_column_text(st, c));
            n += (size_t)snprintf(page + n, sizeof page - n, "</tr>");
        }
        if (n < (size_t)bytes && (size_t)bytes < sizeof page) memset(page + n, ' ', (size_t)bytes - n);
        sqlite3_reset(st);
        pages++;
    }
    printf("%.0f\n", (double)pages / (now() - began));
    return 0;
}
