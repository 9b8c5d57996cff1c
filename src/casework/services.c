/* The services that a form names, and the parts of the program that some of them belong to (MZT-23). */
#include "casework/case_views.h"
#include "codes/catalogue.h"
#include "form/draw.h"

struct str
case_doc_services(struct rq *rq, const struct doc_form *f, const json_t *doc)
{
    struct buf b = { .arena = rq->arena };
    LIT(&b, "");
    if (f->code[0] == 'A') put_raw(&b, doc_text(doc, "catalogue_codes"));
    for (size_t i = 0; f->code[0] == 'E' && i < doc_rows(doc, "services_given"); i++) {
        struct str code = doc_cell(doc, "services_given", i, "item");
        if (code.n == 0 || list_has(buf_str(&b), str_z(rq->arena, code))) continue;
        putf(&b, "%s%.*s", b.n ? "," : "", FMT(code));
    }
    return buf_str(&b);
}

struct str
case_service_opening(struct str codes, const char *what)
{
    while (codes.n) {
        struct str code = str_cut(&codes, ',');
        if (strcmp(catalogue_opens(code), what) == 0) return code;
    }
    return NO_STR;
}
