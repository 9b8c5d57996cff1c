/* "注释" */
// "注释"
const char *a = "甲", *b = "乙" /* joined */
    "丙";
const char c = '"', *d = T("ok"), *e = T("none"), *f = "¥…";
const char *g = "丁";
const char *h = "戊 \"x\"";
const char *i = "不翻译";       /* not shown */
