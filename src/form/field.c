/* One field: what a typed text means, and whether it is allowed. */
#include "codes/codes.h"
#include "codes/disability.h"
#include "codes/idno.h"
#include "codes/phone.h"
#include "codes/uscc.h"
#include "form/form.h"
#include "view/view.h"

enum { TEXT_MAX = 200, LONG_MAX = 20000 };

const char *
field_label(const struct field *f, enum lang lang)
{
    if (lang == LANG_ZH) return f->label;
    return f->label_en != NULL ? f->label_en : tr(lang, f->label);
}

const char *
field_help(const struct field *f, enum lang lang)
{
    if (f->help == NULL || lang == LANG_ZH) return f->help;
    return f->help_en != NULL ? f->help_en : tr(lang, f->help);
}

const struct choice *
field_choices(const struct field *f, size_t *n)
{
    if (f->codes != NULL) {
        const struct code_table *t = codes_table(f->codes);
        if (t == NULL) log_fatal("field %s: there is no code table %s", f->name, f->codes);
        return codes_choices(t, n);
    }
    *n = f->choices_n;
    return f->choices;
}

bool
field_asked(const struct field *f, struct str value)
{
    if (f->if_field == NULL) return true;
    struct str wanted = str_of(f->if_values);
    bool negate = wanted.n && wanted.p[0] == '!', found = false;
    if (negate) wanted = (struct str){ wanted.p + 1, wanted.n - 1 };
    for (struct str have = value; have.n && !found;) {
        struct str one = str_cut(&have, ',');
        for (struct str rest = wanted; rest.n && !found;) found = str_eq(one, str_cut(&rest, '|'));
    }
    return found != negate;
}

static const char *
check_named(struct arena *a, const char *check, struct str text, struct field_value *out)
{
    struct idno id;
    struct phone phone;

    if (strcmp(check, "idno") == 0) {
        enum idno_fault fault = idno_parse(text, today(), IDNO_AGE_LIMIT, &id);
        if (fault == IDNO_OK) out->text = str_dup(a, str_of(id.text));
        return fault == IDNO_OK ? NULL : idno_fault_text(fault);
    }
    if (strcmp(check, "phone") == 0) {
        if (phone_parse(text, &phone) == PHONE_BAD) return phone_fault_text;
        out->text = str_dup(a, str_of(phone.text));
        return NULL;
    }
    if (strcmp(check, "past") == 0) {
        struct date d = date_known(out->date) ? out->date : instant_date(out->time);
        return d.days > today().days ? T("日期不能晚于今天。") : NULL;
    }
    if (strcmp(check, "future") == 0) return out->date.days < today().days ? T("日期不能早于今天。") : NULL;
    log_fatal("there is no check named %s", check);
}

static bool
chosen(const struct field *f, struct str code)
{
    size_t n;
    const struct choice *c = field_choices(f, &n);
    if (c == NULL && f->codes == NULL) return true;             /* FIELD_OFFERED */
    for (size_t i = 0; i < n; i++)
        if (str_is(code, c[i].code)) return true;
    return f->codes != NULL && codes_find(codes_table(f->codes), code) != NULL;
}

/* A decimal number with at most four places, kept as it was typed. */
static bool
decimal(struct str s)
{
    struct str rest = s, whole = str_cut(&rest, '.');
    int64_t v;
    if (!str_int(whole, &v) || (rest.p != NULL && (rest.n == 0 || rest.n > 4))) return false;
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] < '0' || rest.p[i] > '9') return false;
    return true;
}

static const char *
check_kind(const struct field *f, struct str text, struct field_value *out)
{
    int64_t most = f->max ? f->max : f->kind == F_LONG ? LONG_MAX : TEXT_MAX;
    switch (f->kind) {
    case F_TEXT: case F_LONG: case F_PASSWORD: case F_HIDDEN: case F_PERSON:
        if ((int64_t)utf8_len(text) > most) return T("内容太长。");
        return f->min && (int64_t)utf8_len(text) < f->min ? T("内容太短。") : NULL;
    case F_INT: case F_SCALE:
        if (!str_int(text, &out->number)) return T("请填写整数。");
        return out->number < f->min || (f->max && out->number > f->max) ? T("数值超出允许的范围。") : NULL;
    case F_STAFF: case F_UNIT: return !str_int(text, &out->number) || out->number <= 0 ? T("请从列表中选择。") : NULL;
    case F_DEC: return decimal(text) ? NULL : T("请填写数字，最多四位小数。");
    case F_MONEY: return money_parse(text, &out->money) ? NULL : T("请填写金额，例如 1234.50。");
    case F_DATE: return date_parse(text, &out->date) ? NULL : T("日期格式应为 2026-11-22，且必须真实存在。");
    case F_DATETIME: return instant_parse(text, &out->time) ? NULL : T("时间格式应为 2026-11-22 14:05。");
    case F_BOOL: out->flag = str_is(text, "1"); return NULL;
    case F_SINGLE: return chosen(f, text) ? NULL : T("请从列表中选择。");
    case F_MULTI:
        for (struct str rest = text; rest.n;)
            if (!chosen(f, str_cut(&rest, ','))) return T("请从列表中选择。");
        return NULL;
    case F_DIVISION: return text.n == 12 && str_int(text, &out->number) ? NULL : T("区划代码应为 12 位数字。");
    case F_SIGN: return text.n > 200000 ? T("内容太长。") : NULL;
    case F_TABLE: case F_FILE: case F_NOTE: case F_COMPUTED: return NULL;
    }
    return NULL;
}

const char *
field_check(struct arena *a, const struct field *f, struct str typed, struct field_value *out)
{
    *out = (struct field_value){ .text = typed, .date = NO_DATE, .time = NO_TIME, .money = NO_MONEY, .number = NO_INT };
    const char *why = check_kind(f, typed, out);
    if (why == NULL && f->check != NULL) why = check_named(a, f->check, typed, out);
    return why;
}
