#include "files/attach.h"
#include "view/view.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[512] = "var/files";

void
attach_dir_set(const char *work_dir)
{
    snprintf(dir, sizeof dir, "%s/files", work_dir);
}

struct str
attach_path(struct arena *a, struct str hash)
{
    return str_fmt(a, "%s/%.2s/%.*s", dir, hash.p, FMT(hash));
}

/* What stations attach; the type a browser is told is ours, never the uploader's. */
static const char *
type_of(struct str name)
{
    static const struct { const char *end, *type; } kinds[] = {
        { ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".png", "image/png" }, { ".webp", "image/webp" }, { ".pdf", "application/pdf" },
        { ".doc", "application/msword" }, { ".xls", "application/vnd.ms-excel" },
        { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    };
    struct arena a = { 0 };
    struct str lower = str_lower(&a, name);
    const char *found = NULL;
    for (size_t i = 0; i < COUNT(kinds) && found == NULL; i++)
        if (str_ends(lower, str_of(kinds[i].end))) found = kinds[i].type;
    arena_clear(&a);
    return found;
}

struct str
attach_hash(struct arena *a, const char *path)
{
    unsigned char block[65536], hash[32];
    crypto_generichash_state st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;
    if (fd < 0) return NO_STR;
    crypto_generichash_init(&st, NULL, 0, sizeof hash);
    while ((n = read(fd, block, sizeof block)) > 0) crypto_generichash_update(&st, block, (unsigned long long)n);
    close(fd);
    crypto_generichash_final(&st, hash, sizeof hash);
    char *hex = NEW(a, char, sizeof hash * 2 + 1);
    sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
    return n < 0 ? NO_STR : (struct str){ hex, sizeof hash * 2 };
}

static bool
synced(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

/* The temporary file becomes the stored one, on disk before it has its name, and its name before the commit that speaks of
 * it.  One that is already there has the same bytes; one of another size was cut by a disk that was full. */
static bool
keep(struct arena *a, const struct upload *u, struct str hash)
{
    struct str sub = str_fmt(a, "%s/%.2s", dir, hash.p), path = attach_path(a, hash);
    struct stat st;
    if ((mkdir(dir, 0700) != 0 && errno != EEXIST) || (mkdir(sub.p, 0700) != 0 && errno != EEXIST)) return false;
    if (stat(path.p, &st) == 0 && st.st_size == u->size) return true;
    return synced(u->path.p, O_RDONLY) && rename(u->path.p, path.p) == 0 && synced(sub.p, O_RDONLY | O_DIRECTORY)
           && synced(dir, O_RDONLY | O_DIRECTORY);
}

const char *
attach_keep(struct rq *rq, const struct upload *u, struct attached *out)
{
    const char *type = type_of(u->filename);
    if (u->size > ATTACH_MAX) return T("文件超过10 MB，没有保存。");
    if (type == NULL) return T("不支持这种文件，没有保存。");
    struct str hash = attach_hash(rq->arena, u->path.p);
    if (hash.n == 0 || !keep(rq->arena, u, hash)) return T("文件没有保存成功。");
    *out = (struct attached){ hash, str_of(type) };
    return NULL;
}
