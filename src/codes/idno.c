#include "codes/idno.h"

char
idno_check(const char digits[17])
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 17; i++) sum += (digits[i] - '0') * weight[i];
    return "10X98765432"[sum % 11];
}

/* The number of characters a user sees, so that full-width digits are told apart from a short number. */
static size_t
length(struct str s)
{
    return utf8_valid(s) ? utf8_len(s) : s.n;
}

static enum idno_fault
shape(struct str s)
{
    size_t n = length(s);
    if (n != 18 && n != 15) return IDNO_LENGTH;
    if (s.n != n) return IDNO_CHARSET;
    for (size_t i = 0; i < n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        bool last_x = i == 17 && (s.p[i] == 'X' || s.p[i] == 'x');
        if (!digit && !last_x) return IDNO_CHARSET;
    }
    return IDNO_OK;
}

static int
number(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) v = v * 10 + (p[i] - '0');
    return v;
}

/* 71 台湾 stands in GB/T 2260; 81-83 are also the residence permits of 香港, 澳门 and 台湾 residents. */
static bool
province_known(int province)
{
    static const unsigned char known[] = {
        11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
        50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
    };
    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i] == province) return true;
    return false;
}

/* The old number has a year of two digits, always of the 20th century, and no check character. */
static void
expand(struct str old, char out[19])
{
    memcpy(out, old.p, 6);
    memcpy(out + 6, "19", 2);
    memcpy(out + 8, old.p + 6, 9);
    out[17] = idno_check(out);
}

enum idno_fault
idno_parse(struct str typed, struct date on, enum idno_age limit, struct idno *out)
{
    struct str s = str_trim(typed);
    struct idno id = { .from15 = s.n == 15 };

    enum idno_fault fault = shape(s);
    if (fault != IDNO_OK) return fault;
    if (id.from15) expand(s, id.text);
    else memcpy(id.text, s.p, 18);
    if (id.text[17] == 'x') id.text[17] = 'X';

    id.foreign_permanent = id.text[0] == '9' && !id.from15;
    if (!id.foreign_permanent && !province_known(number(id.text, 2))) return IDNO_PROVINCE;
    id.division = number(id.text, 6);
    if (!date_of(number(id.text + 6, 4), number(id.text + 10, 2), number(id.text + 12, 2), &id.born)) return IDNO_DATE;
    if (date_diff(id.born, on) > 0) return IDNO_FUTURE;
    if (limit == IDNO_AGE_LIMIT && date_age(id.born, on) > 150) return IDNO_AGE;
    if (id.text[17] != idno_check(id.text)) return IDNO_CHECK;

    id.sex = (id.text[16] - '0') % 2 ? '1' : '2';
    *out = id;
    return IDNO_OK;
}

const char *
idno_fault_text(enum idno_fault fault)
{
    switch (fault) {
    case IDNO_OK: return "";
    case IDNO_LENGTH: return "身份证号码应为18位（旧号码为15位），请检查位数。";
    case IDNO_CHARSET: return "身份证号码只能是半角数字，最后一位可以是X。";
    case IDNO_PROVINCE: return "身份证号码前两位不是有效的省级行政区划代码。";
    case IDNO_DATE: return "身份证号码中的出生日期不存在。";
    case IDNO_FUTURE: return "身份证号码中的出生日期晚于今天。";
    case IDNO_AGE: return "身份证号码中的出生日期距今超过150年。";
    case IDNO_CHECK: return "身份证号码的校验码不对，请逐位核对。";
    }
    return "";
}

struct str
idno_mask(struct arena *a, struct str text)
{
    struct str masked = str_dup(a, text);
    char *p = (char *)masked.p;
    bool number = masked.n == 18 && utf8_len(text) == 18;       /* else stars would cut a character in two */
    for (size_t i = 0; i < masked.n; i++)
        if (!number || (i >= 6 && i < 14)) p[i] = '*';
    return masked;
}
