#include "base/data.h"
#include "base/base.h"
#include <dirent.h>
#include <pthread.h>

static const char *dir_set;
static struct arena kept;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void
data_dir_set(const char *dir)
{
    dir_set = dir;
}

static const char *
data_dir(void)
{
    const char *env = getenv("NUAN_DATA");
    return dir_set ? dir_set : env && env[0] ? env : "data";
}

static struct str
read_all(FILE *f)
{
    struct str s = { "", 0 };
    if (fseek(f, 0, SEEK_END) != 0) return NO_STR;
    long size = ftell(f);
    if (size < 0) return NO_STR;
    rewind(f);
    pthread_mutex_lock(&lock);
    char *p = NEW(&kept, char, (size_t)size + 1);
    pthread_mutex_unlock(&lock);
    s = (struct str){ p, fread(p, 1, (size_t)size, f) };
    return ferror(f) ? NO_STR : s;
}

struct str
data_file(const char *path)
{
    struct arena a = { 0 };
    struct str full = str_fmt(&a, "%s/%s", data_dir(), path);
    FILE *f = fopen(full.p, "rbe");
    arena_clear(&a);
    if (f == NULL) return NO_STR;
    struct str s = read_all(f);
    fclose(f);
    return s;
}

static int
no_dots(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

size_t
data_files(struct arena *a, const char *prefix, struct str **names)
{
    struct dirent **found;
    struct str full = str_fmt(a, "%s/%s", data_dir(), prefix);
    int n = scandir(full.p, &found, no_dots, alphasort);
    if (n < 0) return 0;
    *names = NEW(a, struct str, n);
    for (int i = 0; i < n; i++) {
        (*names)[i] = str_fmt(a, "%s%s", prefix, found[i]->d_name);
        free(found[i]);
    }
    free(found);
    return (size_t)n;
}
