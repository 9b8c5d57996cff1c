/* Which backups of a folder are kept. */
#include "operate/backup.h"
#include <dirent.h>
#include <unistd.h>

struct str
backup_name(struct arena *a, struct instant at)
{
    struct ymd d = date_ymd(instant_date(at));
    int64_t seconds = (at.ms / 1000 + 8 * 3600) % 86400;
    return str_fmt(a, "nuan-%04d%02d%02d-%02d%02d%02d.backup", d.y, d.m, d.d, (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

/* The day in the name of a backup; nothing else is ever removed. */
static bool
day_of(const char *name, struct date *day)
{
    return strlen(name) == 27 && strncmp(name, "nuan-", 5) == 0 && name[13] == '-' && strspn(name + 5, "0123456789") == 8
           && strspn(name + 14, "0123456789") == 6 && strcmp(name + 20, ".backup") == 0 && date_parse((struct str){ name + 5, 8 }, day);
}

static int
is_backup(const struct dirent *d)
{
    struct date day;
    return day_of(d->d_name, &day);
}

/* Counts a backup for its day, week or month: the newest of each is met first. */
struct span { int64_t left; int64_t last; };

static bool
wanted(struct span *s, int64_t number)
{
    if (s->left == 0 || s->last == number) return false;
    s->left--;
    s->last = number;
    return true;
}

int
backups_prune(const char *folder, const struct keep *keep)
{
    struct span days = { keep->days, -1 }, weeks = { keep->weeks, -1 }, months = { keep->months, -1 };
    struct dirent **found;
    int removed = 0, n = scandir(folder, &found, is_backup, alphasort);
    if (n < 0) return -1;
    for (int i = n - 1; i >= 0; i--) {
        struct arena a = { 0 };
        struct date day = NO_DATE;
        day_of(found[i]->d_name, &day);
        bool d = wanted(&days, day.days), w = wanted(&weeks, (day.days + 3) / 7), m = wanted(&months, date_ymd(day).y * 12 + date_ymd(day).m);
        if (!d && !w && !m && i != n - 1) removed += unlink(str_fmt(&a, "%s/%s", folder, found[i]->d_name).p) == 0;
        arena_clear(&a);
        free(found[i]);
    }
    free(found);
    return removed;
}
