#include "base/data.h"
#include "base/asset.h"
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

/* NULL: what is compiled in. */
static const char *
data_dir(void)
{
    const char *env = getenv("NUAN_DATA");
    return dir_set ? dir_set : env && env[0] ? env : NULL;
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
    const struct asset *in = data_dir() == NULL ? asset_find(&data_assets, str_of(path)) : NULL;
    if (data_dir() == NULL) return in != NULL ? (struct str){ (const char *)in->bytes, in->n } : NO_STR;
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

static size_t
compiled_in(struct arena *a, struct str prefix, struct str **names)
{
    size_t n = 0;
    *names = NEW(a, struct str, data_assets.n);
    for (size_t i = 0; i < data_assets.n; i++) {
        struct str name = str_of(data_assets.assets[i].name);
        if (!str_starts(name, prefix) || memchr(name.p + prefix.n, '/', name.n - prefix.n)) continue;
        (*names)[n++] = name;
    }
    return n;
}

size_t
data_files(struct arena *a, const char *prefix, struct str **names)
{
    struct dirent **found;
    if (data_dir() == NULL) return compiled_in(a, str_of(prefix), names);
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
