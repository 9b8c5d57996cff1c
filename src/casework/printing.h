/* Printing the files of several cases in one go. */
#ifndef NUAN_PRINTING_H
#define NUAN_PRINTING_H
#include "casework/case_views.h"
#include "casework/printing_sql.h"

enum { PRINTING_MAX = 200 };

struct printing_page {
    struct rq *rq;
    struct printing_id id;
    struct printing_chosen_row *chosen;
    size_t n;
    struct printing_get_row p;
    bool stopped;                       /* it says that it runs, but gave no sign of life */
};

/* The database that printing reads from; after writer_start. */
void printing_open(const char *db_url);
#endif
