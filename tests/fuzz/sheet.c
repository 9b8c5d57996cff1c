#include "sheet.h"
#include "roster/roster.h"
#include "roster/sheet.h"
#include <sys/mman.h>
#include <unistd.h>

static void
check_row(const struct sheet_row *row)
{
    if (row->n > SHEET_COLUMNS_MAX) abort();
    for (size_t i = 0; i < row->n; i++) {
        struct str cell = row->cells[i];
        if (cell.n > 4 * SHEET_CELL_MAX || (cell.n && !utf8_valid(cell))) abort();
        if (cell.n) roster_by_heading(cell);
    }
}

void
fuzz_sheet_read(struct str file)
{
    struct arena a = { .limit = MIB(512) }, rows = { .limit = MIB(512) };
    struct sheet_row row;
    const char *why = NULL;
    char path[40];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    if (fd < 0 || write(fd, file.p, file.n) != (ssize_t)file.n) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct sheet *s = sheet_open(&a, path, &why);
    if (s == NULL && why == NULL) abort();              /* refused without a word */
    while (s != NULL && sheet_next(s, &rows, &row)) {
        check_row(&row);
        arena_clear(&rows);
    }
    if (s != NULL) sheet_close(s);
    close(fd);
    arena_clear(&rows);
    arena_clear(&a);
}
