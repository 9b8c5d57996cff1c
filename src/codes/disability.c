#include "codes/disability.h"

enum { NUMBER = 20 };

/* A reissued certificate has the letter B and a count behind the number (common practice, not in a standard). */
static bool
reissue_ok(struct str tail)
{
    if (tail.n == 0) return true;
    if (tail.n > 3 || tail.n < 2 || tail.p[0] != 'B') return false;
    for (size_t i = 1; i < tail.n; i++)
        if (tail.p[i] < '0' || tail.p[i] > '9') return false;
    return true;
}

enum disability_fault
disability_parse(struct str typed, struct str owner, struct date on, enum idno_age limit, struct disability *out)
{
    struct str s = str_trim(typed);
    *out = (struct disability){ .idno_fault = IDNO_OK };

    if (s.n < NUMBER || !reissue_ok((struct str){ s.p + NUMBER, s.n - NUMBER })) return DISABILITY_LENGTH;
    /* A blank may not stand for a character of the identity number. */
    struct str idno = { s.p, 18 };
    out->idno_fault = str_eq(str_trim(idno), idno) ? idno_parse(idno, on, limit, &out->idno) : IDNO_CHARSET;
    if (out->idno_fault != IDNO_OK) return DISABILITY_IDNO;
    out->category = s.p[18] - '0';
    out->grade = s.p[19] - '0';
    if (out->category < 1 || out->category > 7) return DISABILITY_CATEGORY;
    if (out->grade < 1 || out->grade > 4) return DISABILITY_GRADE;
    memcpy(out->reissue, s.p + NUMBER, s.n - NUMBER);
    if (owner.p != NULL && !str_is(owner, out->idno.text)) return DISABILITY_OTHER_PERSON;
    return DISABILITY_OK;
}

const char *
disability_fault_text(enum disability_fault fault)
{
    switch (fault) {
    case DISABILITY_OK: return "";
    case DISABILITY_LENGTH: return "残疾人证号应为20位：18位身份证号码、1位残疾类别、1位残疾等级。";
    case DISABILITY_IDNO: return "残疾人证号的前18位不是有效的身份证号码。";
    case DISABILITY_CATEGORY: return "残疾人证号第19位（残疾类别）应为1至7。";
    case DISABILITY_GRADE: return "残疾人证号第20位（残疾等级）应为1至4。";
    case DISABILITY_OTHER_PERSON: return "残疾人证号与此人的身份证号码不一致。";
    }
    return "";
}
