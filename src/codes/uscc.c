#include "codes/uscc.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static const struct { const char *kind, *text; bool usual; } kinds[] = {
    { "11", "机关", false },
    { "12", "事业单位", true },
    { "13", "机构编制部门直接管理的群众团体", false },
    { "51", "社会团体", true },
    { "52", "社会服务机构（民办非企业单位）", true },
    { "53", "基金会", true },
    { "59", "民政部门登记的其他组织", false },
    { "91", "企业", true },
    { "92", "个体工商户", false },
    { "93", "农民专业合作社", false },
    { "N1", "农村集体经济组织（组级）", false },
    { "N2", "农村集体经济组织（村级）", false },
    { "N3", "农村集体经济组织（乡镇级）", false },
    { "Y1", "其他", false },
};

const char uscc_kind_warning[] = "该代码不是社会组织、事业单位或企业的代码，请确认承接机构填写无误。";

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* GB 32100: the sum over 17 characters, weights 3^i mod 31. */
static char
check_of(const char text[17])
{
    int sum = 0, weight = 1;
    for (int i = 0; i < 17; i++) {
        sum += (int)(strchr(alphabet, text[i]) - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

static bool
organisation_ok(const char text[9])
{
    static const int weight[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 8; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9', letter = text[i] >= 'A' && text[i] <= 'Z';
        if (!digit && !letter) return false;
        sum += (digit ? text[i] - '0' : text[i] - 'A' + 10) * weight[i];
    }
    return text[8] == "0X987654321"[sum % 11];
}

bool
orgcode_valid(struct str code)
{
    char text[9];
    bool dash = code.n == 10 && code.p[8] == '-';
    if (code.n != 9 && !dash) return false;
    memcpy(text, code.p, 8);
    text[8] = code.p[code.n - 1];
    return organisation_ok(text);
}

enum uscc_fault
uscc_parse(struct str typed, struct uscc *out)
{
    struct str s = str_trim(typed);
    struct uscc u = { 0 };

    size_t n = utf8_valid(s) ? utf8_len(s) : s.n;
    if (n != 18) return USCC_LENGTH;
    if (s.n != n) return USCC_CHARSET;
    for (size_t i = 0; i < 18; i++) {
        u.text[i] = upper(s.p[i]);
        bool digit = u.text[i] >= '0' && u.text[i] <= '9';
        if (u.text[i] == '\0' || strchr(alphabet, u.text[i]) == NULL) return USCC_CHARSET;
        if (i >= 2 && i < 8 && !digit) return USCC_CHARSET;
    }
    if (u.text[17] != check_of(u.text)) return USCC_CHECK;
    if (!organisation_ok(u.text + 8)) return USCC_ORGANISATION;

    memcpy(u.kind, u.text, 2);
    memcpy(u.organisation, u.text + 8, 9);
    for (int i = 2; i < 8; i++) u.division = u.division * 10 + (u.text[i] - '0');
    *out = u;
    return USCC_OK;
}

const char *
uscc_fault_text(enum uscc_fault fault)
{
    switch (fault) {
    case USCC_OK: return "";
    case USCC_LENGTH: return "统一社会信用代码应为18位，请检查位数。";
    case USCC_CHARSET: return "统一社会信用代码只能是半角数字和大写字母（不含I、O、S、V、Z），第3至8位为数字。";
    case USCC_CHECK: return "统一社会信用代码的校验码不对，请逐位核对。";
    case USCC_ORGANISATION: return "统一社会信用代码中的组织机构代码（第9至17位）校验不对，请逐位核对。";
    }
    return "";
}

const char *
uscc_kind_text(const struct uscc *code)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i].kind, code->kind) == 0) return kinds[i].text;
    return NULL;
}

bool
uscc_kind_usual(const struct uscc *code)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i].kind, code->kind) == 0) return kinds[i].usual;
    return false;
}
