#include "network/divisions.h"
#include "codes/division.h"
#include "network/divisions_sql.h"
#include "view/view.h"
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

enum { CHUNK = 20000 };

/* Rows wait here as JSON until a chunk is full. */
struct import {
    struct db *db;
    struct arena arena;
    struct buf rows;
    size_t n;
    struct date day, opened;
    struct divisions_report *report;
};

static bool
flush(struct import *im)
{
    if (im->n == 0) return true;
    put(&im->rows, "]", 1);
    db_begin(im->db, &im->arena, DB_WRITE);
    divisions_put(im->db, buf_str(&im->rows), im->day, im->opened);
    bool ok = db_commit(im->db);
    im->report->rows += im->n;
    im->n = 0;
    arena_clear(&im->arena);
    im->rows = (struct buf){ .arena = &im->arena };
    return ok;
}

static bool
add(struct import *im, struct str code, struct str name)
{
    char full[13], parent[13];
    struct str all = { full, 12 };

    if (!division_full(code, full) || division_level(all) == DIVISION_BAD || name.n == 0 || !utf8_valid(name)) return false;
    put(&im->rows, im->n++ ? "," : "[", 1);
    putf(&im->rows, "[\"%s\",", full);
    put_json_str(&im->rows, name);
    if (division_parent(all, parent)) putf(&im->rows, ",%d,\"%s\"]", (int)division_level(all), parent);
    else putf(&im->rows, ",%d,null]", (int)division_level(all));
    return true;
}

/* The next cell of a line; quotes around it go away.  No cell of these files holds a quote or a line break. */
static struct str
cell(struct str *line)
{
    struct str c = str_trim(str_cut(line, ','));
    if (c.n >= 2 && c.p[0] == '"' && c.p[c.n - 1] == '"') c = (struct str){ c.p + 1, c.n - 2 };
    return c;
}

static bool
import_file(struct import *im, const char *path)
{
    char *text = NULL;
    size_t room = 0, number = 0;
    ssize_t n;
    bool ok = true;
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        log_error("%s: %s", path, strerror(errno));
        return false;
    }
    while (ok && (n = getline(&text, &room, f)) > 0) {
        struct str line = { text, (size_t)n };
        if (number++ == 0 && str_starts(line, STR("\xEF\xBB\xBF"))) line = (struct str){ line.p + 3, line.n - 3 };
        line = str_trim(line);
        struct str code = cell(&line), name = cell(&line);
        if (code.n == 0 || (number == 1 && str_is(code, "code"))) continue;
        if (!add(im, code, name) && im->report->bad++ == 0) im->report->first_bad_line = number;
        if (im->n == CHUNK) ok = flush(im);
    }
    ok = ok && !ferror(f);
    free(text);
    fclose(f);
    return ok && flush(im);
}

static bool
import_folder(struct import *im, const char *path)
{
    struct dirent **names;
    bool ok = true;
    int n = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, names[i]->d_name);
        if (ok && str_ends(str_of(file), STR(".csv"))) ok = import_file(im, file);
        free(names[i]);
    }
    if (n >= 0) free(names);
    return ok && n >= 0;
}

static bool
close_old(struct import *im)
{
    db_begin(im->db, &im->arena, DB_WRITE);
    for (int level = DIVISION_PROVINCE; level <= DIVISION_VILLAGE; level++) {
        im->report->closed += divisions_close_missing(im->db, level, im->day);
        im->report->closed += divisions_close_inside(im->db, level, im->day);
    }
    return db_commit(im->db);
}

bool
divisions_import(struct db *db, const char *path, struct date day, struct divisions_report *out)
{
    struct stat st;
    struct divisions_any_row any;
    struct import im = { .db = db, .day = day, .opened = NO_DATE, .report = out };

    *out = (struct divisions_report){ 0 };
    im.rows.arena = &im.arena;
    if (stat(path, &st) != 0) {
        log_error("%s: %s", path, strerror(errno));
        return false;
    }
    db_begin(db, &im.arena, DB_READ);
    bool newer = divisions_any(db, &any) && any.total > 0;
    bool ok = db_commit(db);
    arena_clear(&im.arena);
    im.rows = (struct buf){ .arena = &im.arena };
    if (newer) im.opened = day;         /* of the first table nobody knows since when its codes exist */
    ok = ok && (S_ISDIR(st.st_mode) ? import_folder(&im, path) : import_file(&im, path));
    ok = ok && (!newer || close_old(&im));
    arena_clear(&im.arena);
    return ok;
}

void
division_last(struct str division, char last[13])
{
    static const size_t digits[] = { 12, 2, 4, 6, 9, 12 };
    size_t n = digits[division_level(division)];
    memset(last, '9', 12);
    memcpy(last, division.p, n < division.n ? n : division.n);
    last[12] = '\0';
}
