/* The rows of a list: .xlsx, or text separated by commas, semicolons or tabs in UTF-8 or GB18030.
 * What is wrong with a file is told in words for its user; nothing of a bad file is used. */
#ifndef NUAN_SHEET_H
#define NUAN_SHEET_H
#include "base/base.h"

enum { SHEET_COLUMNS_MAX = 300, SHEET_ROWS_MAX = 1048576, SHEET_CELL_MAX = 32767, SHEET_PART_MAX = 60 << 20 };

struct sheet_row { struct str *cells; size_t n; int64_t line; };

struct sheet;
struct xlsx;

/* Opens a file by its content, not by its name.  a: lives as long as the sheet.  NULL: *why says what is wrong (Chinese,
 * a T() literal). */
struct sheet *sheet_open(struct arena *a, const char *path, const char **why);

/* The next row, its cells trimmed and in row_arena.  False at the end, or when the rest cannot be read (sheet_why). */
bool sheet_next(struct sheet *s, struct arena *row_arena, struct sheet_row *row);
const char *sheet_why(const struct sheet *s);
void sheet_close(struct sheet *s);

/* xlsx.c */
struct xlsx *xlsx_open(struct arena *a, const char *path, const char **why);
bool xlsx_next(struct xlsx *x, struct arena *row_arena, struct sheet_row *row, const char **why);
void xlsx_close(struct xlsx *x);
#endif
