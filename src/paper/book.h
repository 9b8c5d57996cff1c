/* A list as a spreadsheet (.xlsx): one sheet, written row by row in constant memory to a temporary file that goes with the
 * request.  What stands in it and whom it shows is decided by the list: the same rows, masked in the same way as its page. */
#ifndef NUAN_BOOK_H
#define NUAN_BOOK_H
#include "http/rq.h"
#include "view/view.h"

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_TIME };
struct book_column { const char *title; enum cell_kind kind; int width; };      /* title: T(); width in Latin letters */

/* How many rows of a list are read at once, and how many a file takes at most. */
enum { BOOK_CHUNK = 1000, BOOK_ROWS_MAX = 1000000, BOOK_COLUMNS_MAX = 24 };

struct book;

/* title: of the sheet, T().  NULL: the folder for temporary files cannot be written; it was logged, and the answer is 503. */
struct book *book_open(struct rq *rq, const char *title, const struct book_column *columns, size_t n);

/* Begins a chunk of rows: until the next one, rq->arena and the rows of queries are an arena of the chunk.  False: the file
 * is full. */
bool book_chunk(struct book *b);

/* The next cell of the row; nothing is written for a value that is not there.  Numbers like those of identity cards are texts. */
void book_text(struct book *b, struct str s);
void book_cstr(struct book *b, const char *s);
void book_number(struct book *b, int64_t n);
void book_date(struct book *b, struct date d);
void book_time(struct book *b, struct instant t);
void book_row(struct book *b);                          /* the row is complete */

/* Whose row it is: he finds the export in his own register. */
void book_person(struct book *b, struct person_id person);

/* Answers with the file, named by the list, the unit and the day, and puts the export on record: who, which list, with which
 * filters, how many rows; when it was asked what for and to whom (paper/give.h), in the
 * disclosure register too.  list: the entity of the record ("people"). */
enum http book_send(struct book *b, const char *list, struct str unit);

/* The address of an export with the filters of the page that is asked for. */
struct url book_url(const struct rq *rq, const char *path);

/* Where temporary files stand; default var. */
void paper_dir_set(const char *work_dir);

/* A new temporary file, removed when the request ends.  NO_STR after logging why not. */
struct str paper_temp(struct arena *a);

/* The same, but the caller removes it; one that he forgets goes when the server starts again. */
struct str paper_keep(struct arena *a);
#endif
