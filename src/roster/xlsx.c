/* Reading the first sheet of an .xlsx (ISO/IEC 29500), one row at a time: shared and inline strings, numbers, dates by
 * their style.  Every part is bounded before it is read; a DOCTYPE is refused, so entities cannot grow. */
#include "roster/sheet.h"
#include "view/view.h"
#include <expat.h>
#include <zip.h>

enum { CHUNK = 64 << 10, RATIO_MAX = 200, RATIO_FREE = 4 << 20, STYLES_MAX = 65536, SHARED_MAX = 4 << 20, EXCEL_EPOCH = -25569 };

struct xlsx {
    struct arena *a;
    zip_t *zip;
    zip_file_t *part;
    zip_uint64_t taken;
    XML_Parser parser;
    bool suspended, finished, row_ready;
    const char *why;
    struct str *shared;
    size_t shared_n, shared_cap;
    bool *dates;                        /* is style i a date? */
    size_t dates_n;
    bool date_format[512];              /* is number format i a date? */
    bool in_cell_xfs, base_1904;
    /* the text being collected */
    bool collecting;
    struct buf text;
    /* the row being read */
    struct arena *row_arena;
    struct sheet_row row;
    size_t column;
    char kind;                          /* s shared, i inline or text, n number, b boolean, e error */
    bool is_date;
    int64_t line;
    bool in_row, in_cell;               /* a shared string counts as a cell; what stands outside of them is passed over */
};

static void
refuse(struct xlsx *x, const char *why)
{
    if (x->why == NULL) x->why = why;
    XML_StopParser(x->parser, XML_FALSE);
}

static const char *
attribute(const char **all, const char *name)
{
    for (; *all != NULL; all += 2)
        if (strcmp(all[0], name) == 0) return all[1];
    return NULL;
}

static void XMLCALL
doctype(void *data, const char *name, const char *system_id, const char *public_id, int internal)
{
    (void)name, (void)system_id, (void)public_id, (void)internal;
    refuse(data, T("文件含有不允许的内容（DOCTYPE）。"));
}

static void XMLCALL
characters(void *data, const char *p, int n)
{
    struct xlsx *x = data;
    if (x->collecting && x->text.n + (size_t)n <= SHEET_CELL_MAX) put(&x->text, p, (size_t)n);
}

/* ---- Reading a part ---- */

static bool
part_open(struct xlsx *x, const char *name)
{
    zip_stat_t st;
    if (zip_stat(x->zip, name, 0, &st) != 0) return false;
    bool bomb = st.size > RATIO_FREE && st.size / (st.comp_size ? st.comp_size : 1) > RATIO_MAX;
    if (st.size > SHEET_PART_MAX || bomb) x->why = T("文件解压后过大，可能不是正常的名册。");
    if (st.encryption_method != ZIP_EM_NONE) x->why = T("文件已加密。请取消密码后再上传。");
    if (x->why != NULL) return false;
    x->taken = 0;
    x->part = zip_fopen(x->zip, name, 0);
    return x->part != NULL;
}

static void
parser_make(struct xlsx *x, XML_StartElementHandler start, XML_EndElementHandler end)
{
    x->parser = XML_ParserCreate(NULL);
    if (x->parser == NULL) log_fatal("out of memory");
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, start, end);
    XML_SetCharacterDataHandler(x->parser, characters);
    XML_SetStartDoctypeDeclHandler(x->parser, doctype);
}

static void
part_close(struct xlsx *x)
{
    if (x->parser != NULL) XML_ParserFree(x->parser);
    if (x->part != NULL) zip_fclose(x->part);
    x->parser = NULL;
    x->part = NULL;
}

/* Feeds one piece, or goes on where a row ended. */
static void
feed(struct xlsx *x)
{
    enum XML_Status status;
    if (x->suspended) {
        x->suspended = false;
        status = XML_ResumeParser(x->parser);
    } else {
        void *piece = XML_GetBuffer(x->parser, CHUNK);
        if (piece == NULL) log_fatal("out of memory");
        zip_int64_t n = zip_fread(x->part, piece, CHUNK);
        x->taken += n > 0 ? (zip_uint64_t)n : 0;
        if (x->taken > SHEET_PART_MAX) refuse(x, T("文件解压后过大，可能不是正常的名册。"));
        if (n < 0) refuse(x, T("文件已损坏，无法解压。"));
        if (x->why != NULL) return;
        status = XML_ParseBuffer(x->parser, (int)n, n == 0);
        x->finished = n == 0;
    }
    if (status == XML_STATUS_SUSPENDED) x->suspended = true;
    else if (status == XML_STATUS_ERROR && x->why == NULL) x->why = T("文件已损坏，内容不完整。");
}

static bool
part_whole(struct xlsx *x, const char *name, XML_StartElementHandler start, XML_EndElementHandler end)
{
    if (!part_open(x, name)) return false;
    parser_make(x, start, end);
    x->finished = false;
    while (!x->finished && x->why == NULL) feed(x);
    part_close(x);
    return x->why == NULL;
}

/* ---- Workbook, styles, shared strings ---- */

static void XMLCALL
workbook_start(void *data, const char *name, const char **all)
{
    struct xlsx *x = data;
    const char *base = attribute(all, "date1904");
    if (strcmp(name, "workbookPr") == 0 && base != NULL) x->base_1904 = strcmp(base, "1") == 0 || strcmp(base, "true") == 0;
}

static void XMLCALL
nothing_end(void *data, const char *name)
{
    (void)data, (void)name;
}

/* A format with y or d outside of quotes and brackets is a date. */
static bool
format_is_date(const char *code)
{
    bool quoted = false, bracket = false;
    for (; *code; code++) {
        if (*code == '"') quoted = !quoted;
        else if (*code == '[') bracket = true;
        else if (*code == ']') bracket = false;
        else if (*code == '\\' && code[1]) code++;
        else if (!quoted && !bracket && strchr("yYdD", *code)) return true;
    }
    return false;
}

static void XMLCALL
styles_start(void *data, const char *name, const char **all)
{
    struct xlsx *x = data;
    const char *id = attribute(all, "numFmtId"), *code = attribute(all, "formatCode");
    long number = id ? strtol(id, NULL, 10) : 0;
    if (strcmp(name, "cellXfs") == 0) x->in_cell_xfs = true;
    if (strcmp(name, "numFmt") == 0 && code != NULL && number >= 0 && number < (long)COUNT(x->date_format))
        x->date_format[number] = format_is_date(code);
    if (strcmp(name, "xf") != 0 || !x->in_cell_xfs) return;
    if (x->dates_n == STYLES_MAX) refuse(x, T("文件已损坏，内容不完整。"));
    else x->dates[x->dates_n++] = number > 0 && number < (long)COUNT(x->date_format) && x->date_format[number];
}

static void XMLCALL
styles_end(void *data, const char *name)
{
    struct xlsx *x = data;
    if (strcmp(name, "cellXfs") == 0) x->in_cell_xfs = false;
}

static void XMLCALL
shared_start(void *data, const char *name, const char **all)
{
    struct xlsx *x = data;
    (void)all;
    if (strcmp(name, "si") == 0) {
        x->text = (struct buf){ .arena = x->a };
        x->in_cell = true;
    }
    if (strcmp(name, "t") == 0) x->collecting = x->in_cell;
    if (strcmp(name, "rPh") == 0) x->in_cell_xfs = true;        /* reading aids are not part of the text */
    if (x->in_cell_xfs) x->collecting = false;
}

static void XMLCALL
shared_end(void *data, const char *name)
{
    struct xlsx *x = data;
    if (strcmp(name, "t") == 0) x->collecting = false;
    if (strcmp(name, "rPh") == 0) x->in_cell_xfs = false;
    if (strcmp(name, "si") != 0 || !x->in_cell) return;
    x->in_cell = false;
    if (x->shared_n == SHARED_MAX) {
        refuse(x, T("文件解压后过大，可能不是正常的名册。"));
        return;
    }
    if (x->shared_n == x->shared_cap) {
        struct str *more = NEW(x->a, struct str, x->shared_cap ? x->shared_cap * 2 : 1024);
        if (x->shared_n) memcpy(more, x->shared, x->shared_n * sizeof *more);
        x->shared = more;
        x->shared_cap = x->shared_cap ? x->shared_cap * 2 : 1024;
    }
    x->shared[x->shared_n++] = str_trim(buf_str(&x->text));
}

/* ---- The sheet ---- */

static size_t
column_of(const char *ref)
{
    size_t c = 0;
    for (; *ref >= 'A' && *ref <= 'Z' && c < 100000; ref++) c = c * 26 + (size_t)(*ref - 'A' + 1);
    return c ? c - 1 : 0;
}

static void
cell_start(struct xlsx *x, const char **all)
{
    const char *ref = attribute(all, "r"), *type = attribute(all, "t"), *style = attribute(all, "s");
    size_t s = style ? strtoul(style, NULL, 10) : 0;
    if (ref != NULL) x->column = column_of(ref);
    x->kind = type == NULL ? 'n' : strcmp(type, "s") == 0 ? 's' : strcmp(type, "b") == 0 ? 'b' : strcmp(type, "e") == 0 ? 'e'
            : strcmp(type, "n") == 0 ? 'n' : 'i';
    x->is_date = x->kind == 'n' && s < x->dates_n && x->dates[s];
    x->text = (struct buf){ .arena = x->row_arena };
}

static void XMLCALL
sheet_start(void *data, const char *name, const char **all)
{
    struct xlsx *x = data;
    if (strcmp(name, "row") == 0) {
        const char *r = attribute(all, "r");
        x->line = r ? strtol(r, NULL, 10) : x->line + 1;
        if (x->line > SHEET_ROWS_MAX) refuse(x, T("行太多，最多 1048576 行。"));
        x->row = (struct sheet_row){ NEW(x->row_arena, struct str, SHEET_COLUMNS_MAX), 0, x->line };
        x->column = 0;
        x->in_row = true;
        x->in_cell = false;
    } else if (strcmp(name, "c") == 0 && x->in_row) {
        cell_start(x, all);
        x->in_cell = true;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        x->collecting = x->in_cell;
    }
}

/* Serial day numbers count from 1899-12-30 (the false leap day of 1900 included), or from 1904-01-01. */
static struct str
date_text(const struct xlsx *x, struct str number)
{
    char *z = str_z(x->row_arena, number), *end;
    double serial = strtod(z, &end);
    char *out = NEW(x->row_arena, char, 16);
    if (end == z || serial < 1 || serial > 2958465) return number;
    struct date d = { (int32_t)serial + EXCEL_EPOCH + (x->base_1904 ? 1462 : 0) };
    return (struct str){ out, date_print(d, out) };
}

/* 3.50424E+17 would be an ID number typed as a number: its last digits are lost already, so it stays as it is. */
static struct str
number_text(const struct xlsx *x, struct str text)
{
    return text.n > 2 && str_ends(text, STR(".0")) ? str_dup(x->row_arena, (struct str){ text.p, text.n - 2 }) : text;
}

static struct str
cell_value(const struct xlsx *x)
{
    struct str text = str_trim(buf_str(&x->text));
    int64_t i;
    if (x->kind == 's') return str_int(text, &i) && i >= 0 && (size_t)i < x->shared_n ? x->shared[i] : NO_STR;
    if (x->kind == 'e') return NO_STR;
    return x->is_date ? date_text(x, text) : x->kind == 'n' ? number_text(x, text) : text;
}

static void XMLCALL
sheet_end(void *data, const char *name)
{
    struct xlsx *x = data;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) x->collecting = false;
    if (strcmp(name, "c") == 0 && x->in_cell) {
        struct str value = cell_value(x);
        if (x->column >= SHEET_COLUMNS_MAX && value.n) refuse(x, T("列太多，最多 300 列。"));
        if (x->column < SHEET_COLUMNS_MAX) {
            x->row.cells[x->column] = value;
            if (value.n && x->column + 1 > x->row.n) x->row.n = x->column + 1;
        }
        x->column++;
        x->in_cell = false;
    }
    if (strcmp(name, "row") == 0 && x->in_row) {
        x->in_row = x->in_cell = false;
        x->row_ready = true;
        XML_StopParser(x->parser, XML_TRUE);
    }
}

/* The first worksheet by its number. */
static const char *
first_sheet(struct xlsx *x)
{
    const char *best = NULL;
    zip_int64_t n = zip_get_num_entries(x->zip, 0);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)(n > 0 ? n : 0); i++) {
        const char *name = zip_get_name(x->zip, i, 0);
        if (name == NULL || strncmp(name, "xl/worksheets/sheet", 19) != 0) continue;
        if (best == NULL || strtol(name + 19, NULL, 10) < strtol(best + 19, NULL, 10)) best = name;
    }
    return best;
}

struct xlsx *
xlsx_open(struct arena *a, const char *path, const char **why)
{
    int error = 0;
    struct xlsx *x = NEW(a, struct xlsx, 1);
    *x = (struct xlsx){ .a = a, .dates = NEW(a, bool, STYLES_MAX), .zip = zip_open(path, ZIP_RDONLY, &error) };
    for (int i = 14; i <= 22; i++) x->date_format[i] = i < 18 || i == 22;       /* built in: 14-17 and 22 are dates */
    for (int i = 27; i <= 58; i++) x->date_format[i] = i <= 31 || (i >= 34 && i != 37 && i != 38 && (i >= 50 || i <= 36));
    if (x->zip == NULL) {
        *why = T("文件已损坏，无法打开。请在表格软件中重新保存后再上传。");
        return NULL;
    }
    const char *sheet = first_sheet(x);
    if (sheet == NULL) x->why = T("这不是 .xlsx 表格文件。");
    if (x->why == NULL) part_whole(x, "xl/workbook.xml", workbook_start, nothing_end);
    if (x->why == NULL) part_whole(x, "xl/styles.xml", styles_start, styles_end);
    x->in_cell_xfs = false;
    if (x->why == NULL) part_whole(x, "xl/sharedStrings.xml", shared_start, shared_end);
    if (x->why == NULL && !part_open(x, sheet) && x->why == NULL) x->why = T("文件已损坏，无法解压。");
    if (x->why != NULL) {
        *why = x->why;
        xlsx_close(x);
        return NULL;
    }
    parser_make(x, sheet_start, sheet_end);
    x->finished = false;
    return x;
}

bool
xlsx_next(struct xlsx *x, struct arena *row_arena, struct sheet_row *row, const char **why)
{
    x->row_arena = row_arena;
    x->row_ready = false;
    while (!x->row_ready && x->why == NULL && !(x->finished && !x->suspended)) feed(x);
    *why = x->why;
    if (!x->row_ready || x->why != NULL) return false;
    *row = x->row;
    return true;
}

void
xlsx_close(struct xlsx *x)
{
    part_close(x);
    if (x->zip != NULL) zip_discard(x->zip);
    x->zip = NULL;
}
