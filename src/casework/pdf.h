/* Papers of a case as PDF. */
#ifndef NUAN_PDF_H
#define NUAN_PDF_H
#include "audit/disclose.h"
#include "casework/case_views.h"
#include "casework/pdf_sql.h"
#include "paper/letterhead.h"
#include "paper/print.h"

/* The whole file: cover, contents, every form that was handed in, and what happened. */
bool pdf_case(struct rq *rq, struct casefile *k, struct buf *out);

/* One form on pages of its own. */
void pdf_form(struct press *p, struct rq *rq, struct casefile *k, const struct letterhead *h, const struct pdf_docs_row *row);

/* Whose paper goes out, for the register; d: what was answered; what: the paper. */
void pdf_given(struct rq *rq, const struct casefile *k, struct disclosure *d, struct str what);

/* "G-350424100-2026-0001.pdf": what a paper is called, without the client's name. */
struct str pdf_name(const struct rq *rq, const char *what, const struct casefile *k);
#endif
