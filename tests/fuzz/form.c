/* A form in C with a field of every kind, and all official forms: what is posted is parsed, checked, drawn and shown. */
#include "fuzz.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "form/form.h"
#include "http/params.h"

struct all {
    struct str text, lng, password, hidden, sign, choice, offered, code, codes;
    struct date day;
    struct instant time;
    int64_t number;
    struct money fee;
    bool yes;
    struct unit_id unit;
};
static const struct choice letters[] = { { "a", "甲", "A" }, { "b", "乙", "B" } };
static const struct field fields[] = {
    FIELD_TEXT(struct all, text, "t", .required = true, .max = 20),
    FIELD_LONG(struct all, lng, "l", .min = 2),
    FIELD_PASSWORD(struct all, password, "p"),
    FIELD_HIDDEN(struct all, hidden),
    FIELD_SIGN(struct all, sign, "s"),
    FIELD_CHOICE(struct all, choice, letters, "c"),
    FIELD_OFFERED(struct all, offered, "o"),
    FIELD_CODE(struct all, code, "ethnic", "e"),
    FIELD_CODES(struct all, codes, "client_category", "k", .required = true),
    FIELD_DATE(struct all, day, "d", .check = "past"),
    FIELD_TIME(struct all, time, "z"),
    FIELD_INT(struct all, number, "n", .min = 1, .max = 9, .if_field = "choice", .if_values = "a|b", .required_if_shown = true),
    FIELD_MONEY(struct all, fee, "m"),
    FIELD_BOOL(struct all, yes, "y"),
    FIELD_ID(struct all, unit, unit_id, F_UNIT, "u"),
};
static const struct form all_form = FORM(struct all, fields);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    log_quiet(1);
    if (!codes_load() || !docs_load()) die("no data files");
    return 0;
}

static void
in_c(struct rq *rq)
{
    bool fine = form_parse(rq, &all_form);
    if (fine != (rq->errors == NULL)) abort();
    const struct all *in = rq->form;
    if (fine && (in->text.n == 0 || in->text.n > 80 || !utf8_valid(in->lng))) abort();
    form_errors(&rq->body, &all_form, rq);
    form_draw(&rq->body, &all_form, (struct form_source){ .rq = rq });
    if (fine) form_draw(&rq->body, &all_form, (struct form_source){ .rq = rq, .values = in });
}

static void
official(struct rq *rq, char letter, struct str text)
{
    const struct doc_form *f = doc_form((struct str){ &letter, 1 });
    struct doc_env env = { .arena = rq->arena, .full_capacity = true };
    if (f == NULL) return;
    json_t *fresh = doc_new(&env, f), *posted = doc_read(rq, f), *stored = doc_parse(rq->arena, text);
    json_t *docs[] = { fresh, posted, stored };
    for (size_t i = 0; i < COUNT(docs); i++) {
        if (docs[i] == NULL) continue;
        struct doc_result r = doc_check(&env, f, docs[i], true);
        doc_draw(&rq->body, &env, f, docs[i], r.errors);
        doc_show(&rq->body, &env, f, docs[i]);
        doc_diff(&rq->body, &env, f, fresh, docs[i]);
        if (!utf8_valid(doc_dump(rq->arena, docs[i]))) abort();
    }
}

/* The first byte is the letter of an official form; the rest what was posted, or a stored document. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena a = { .limit = MIB(256) };
    struct params ps = { 0 };
    struct rq rq = { .arena = &a, .method = METHOD_POST, .ip = STR("127.0.0.1") };
    if (n == 0 || n > 20000) return 0;
    struct str text = fuzz_str(&a, bytes + 1, n - 1);

    rq.body = (struct buf){ .arena = &a, .rq = &rq };
    if (params_parse(&a, &ps, text)) {
        rq.params = ps.all;
        rq.params_n = ps.n;
        in_c(&rq);
    }
    official(&rq, (char)bytes[0], text);
    if (!utf8_valid(buf_str(&rq.body)) && rq.body.n) abort();
    arena_clear(&a);
    return 0;
}
