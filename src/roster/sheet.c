#include "roster/sheet.h"
#include "view/view.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 20 };

struct sheet {
    struct xlsx *xlsx;
    struct str rest;                    /* of a text file */
    char separator;
    int64_t line;
    const char *why;
};

static bool
read_file(struct arena *a, const char *path, struct str *out)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size > FILE_MAX) {
        if (fd >= 0) close(fd);
        return false;
    }
    char *p = NEW(a, char, st.st_size + 1);
    size_t n = 0;
    for (ssize_t got; n < (size_t)st.st_size && (got = read(fd, p + n, (size_t)st.st_size - n)) > 0;) n += (size_t)got;
    close(fd);
    *out = (struct str){ p, n };
    return true;
}

/* GB18030 (with it GBK and GB 2312) is what spreadsheet programs in China write as CSV. */
static bool
from_gb18030(struct arena *a, struct str *text)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *gb = ucnv_open("gb18030", &error), *utf8 = ucnv_open("UTF-8", &error);
    size_t cap = text->n * 3 + 16;
    char *out = NEW(a, char, cap), *at = out;
    const char *in = text->p;
    if (U_SUCCESS(error)) {
        ucnv_setToUCallBack(gb, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
        ucnv_convertEx(utf8, gb, &at, out + cap, &in, text->p + text->n, NULL, NULL, NULL, NULL, true, true, &error);
    }
    ucnv_close(gb);
    ucnv_close(utf8);
    *text = (struct str){ out, (size_t)(at - out) };
    return U_SUCCESS(error) && utf8_valid(*text);
}

/* The separator that stands most often in the first lines. */
static char
guess_separator(struct str text)
{
    static const char all[] = { ',', '\t', ';' };
    size_t count[COUNT(all)] = { 0 }, best = 0, lines = 0;
    for (size_t i = 0; i < text.n && lines < 10; i++) {
        lines += text.p[i] == '\n';
        for (size_t k = 0; k < COUNT(all); k++) count[k] += text.p[i] == all[k];
    }
    for (size_t k = 1; k < COUNT(all); k++)
        if (count[k] > count[best]) best = k;
    return all[best];
}

static bool
open_text(struct arena *a, struct sheet *s, struct str bytes, const char **why)
{
    if (str_starts(bytes, STR("\xef\xbb\xbf"))) bytes = (struct str){ bytes.p + 3, bytes.n - 3 };
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.p[i] == '\0') {
            *why = T("这不是名册文件。请另存为 .xlsx 或 .csv 后再上传。");
            return false;
        }
    if (!utf8_valid(bytes) && !from_gb18030(a, &bytes)) {
        *why = T("文字编码无法识别。请另存为 UTF-8 或 GB18030 编码的 .csv。");
        return false;
    }
    s->rest = bytes;
    s->separator = guess_separator(bytes);
    return true;
}

struct sheet *
sheet_open(struct arena *a, const char *path, const char **why)
{
    struct str bytes;
    struct sheet *s = NEW(a, struct sheet, 1);
    *why = NULL;
    if (!read_file(a, path, &bytes)) *why = T("文件无法读取，或超过 64 MB。");
    else if (bytes.n == 0) *why = T("文件是空的。");
    else if (str_starts(bytes, STR("\xd0\xcf\x11\xe0")))
        *why = T("这是加密的文件，或旧的 .xls 格式。请取消密码，另存为 .xlsx 后再上传。");
    else if (str_starts(bytes, STR("PK"))) s->xlsx = xlsx_open(a, path, why);
    else if (!open_text(a, s, bytes, why)) return NULL;
    return *why == NULL ? s : NULL;
}

/* Room for what stands between quotes: as long as the text up to the quote that ends it. */
static char *
quoted_room(struct arena *a, const char *p, const char *stop)
{
    const char *end = p;
    while (end < stop && end - p < SHEET_CELL_MAX && (*end != '"' || (end + 1 < stop && end[1] == '"'))) end += *end == '"' ? 2 : 1;
    return NEW(a, char, end - p + 2);
}

/* One field of a text row; *end tells whether the row ends behind it. */
static struct str
text_cell(struct sheet *s, struct arena *a, bool *end)
{
    const char *p = s->rest.p, *stop = p + s->rest.n;
    char *out = NULL;
    size_t n = 0;
    if (p < stop && *p == '"') {
        out = quoted_room(a, p + 1, stop);
        for (p++; p < stop; p++) {
            if (*p == '"' && (p + 1 == stop || p[1] != '"')) break;
            if (*p == '"') p++;
            s->line += *p == '\n';
            if (n < SHEET_CELL_MAX) out[n++] = *p;
        }
        if (p == stop) s->why = T("引号没有配对，文件可能不完整。");
        else p++;
    }
    const char *from = p;
    while (p < stop && *p != s->separator && *p != '\n' && *p != '\r') p++;
    struct str cell = out ? (struct str){ out, n } : (struct str){ from, (size_t)(p - from) };
    *end = p == stop || *p != s->separator;
    if (p < stop && *p == '\r' && p + 1 < stop && p[1] == '\n') p++;
    if (p < stop) p++;
    s->rest = (struct str){ p, (size_t)(stop - p) };
    return str_trim(cell);
}

static bool
text_next(struct sheet *s, struct arena *a, struct sheet_row *row)
{
    bool end = false;
    if (s->rest.n == 0 || s->why != NULL) return false;
    struct str cells[SHEET_COLUMNS_MAX];
    *row = (struct sheet_row){ .line = ++s->line };
    while (!end) {
        if (row->n == SHEET_COLUMNS_MAX) s->why = T("列太多，最多 300 列。");
        if (s->why != NULL) return false;
        cells[row->n++] = text_cell(s, a, &end);
    }
    row->cells = memcpy(NEW(a, struct str, row->n), cells, row->n * sizeof *cells);
    if (s->line > SHEET_ROWS_MAX) s->why = T("行太多，最多 1048576 行。");
    return s->why == NULL;
}

bool
sheet_next(struct sheet *s, struct arena *a, struct sheet_row *row)
{
    return s->xlsx != NULL ? xlsx_next(s->xlsx, a, row, &s->why) : text_next(s, a, row);
}

const char *
sheet_why(const struct sheet *s)
{
    return s->why;
}

void
sheet_close(struct sheet *s)
{
    if (s != NULL && s->xlsx != NULL) xlsx_close(s->xlsx);
}
