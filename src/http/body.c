/* Bodies: urlencoded forms are kept in memory up to a limit; files of multipart forms go to temporary files as they come. */
#include "http/call.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FIELD_MAX = 1 << 20, UPLOADS_MAX = 20, UPLOAD_OLD_SECONDS = 3600 };
#define UPLOAD_NAME "nuan-upload-"
#define PAPER_NAME "nuan-paper-"         /* what paper/book.c makes */

struct multipart {
    struct MHD_PostProcessor *pp;
    struct call *call;
    const struct server_config *config;
    struct buf value;                   /* of the field being read */
    struct str name;
    struct upload files[UPLOADS_MAX];
    size_t files_n;
    int fd;
    size_t total;
    bool refused;
    bool unsaved;                       /* refused because the disk did not take it */
};

static struct str
header(struct call *c, const char *name)
{
    return str_of(MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, name));
}

static bool
refuse(struct call *c, enum http status)
{
    c->bad = true;
    c->status = status;
    return false;
}

static void
multipart_done(void *arg)
{
    struct multipart *m = arg;
    if (m->pp != NULL) MHD_destroy_post_processor(m->pp);
    if (m->fd >= 0) close(m->fd);
    for (size_t i = 0; i < m->files_n; i++) unlink(m->files[i].path.p);
}

/* The piece of a field that ended becomes a parameter. */
static bool
field_end(struct multipart *m)
{
    struct call *c = m->call;
    if (m->fd >= 0) {
        close(m->fd);
        m->fd = -1;
    } else if (m->name.p != NULL) {
        struct str v = buf_str(&m->value);
        if (!utf8_valid(v) || !utf8_valid(m->name) || c->params.n >= PARAMS_MAX) return false;
        params_add(&c->arena, &c->params, m->name, v);
    }
    m->name = NO_STR;
    m->value = (struct buf){ .arena = &c->arena };
    return true;
}

static bool
file_begin(struct multipart *m, const char *key, const char *filename, const char *type)
{
    struct call *c = m->call;
    struct str path = str_fmt(&c->arena, "%s/" UPLOAD_NAME "XXXXXX", m->config->upload_dir);
    if (m->files_n == UPLOADS_MAX || !utf8_valid(str_of(filename)) || !utf8_valid(str_of(key))) return false;
    m->fd = mkostemp((char *)(uintptr_t)path.p, O_CLOEXEC);
    m->unsaved = m->fd < 0;
    if (m->unsaved) {
        log_error("cannot write a file into %s: %s", m->config->upload_dir, strerror(errno));
        return false;
    }
    m->files[m->files_n++] = (struct upload){
        .field = str_dup(&c->arena, str_of(key)), .filename = str_dup(&c->arena, str_of(filename)),
        .type = str_dup(&c->arena, str_of(type)), .path = path,
    };
    return true;
}

static enum MHD_Result
piece(void *arg, enum MHD_ValueKind kind, const char *key, const char *filename, const char *type, const char *encoding,
      const char *data, uint64_t off, size_t n)
{
    struct multipart *m = arg;
    (void)kind;
    (void)encoding;
    if (off == 0) {
        if (!field_end(m)) m->refused = true;
        if (filename != NULL && filename[0] != '\0') {
            if (!file_begin(m, key, filename, type)) m->refused = true;
        } else if (filename == NULL) {
            m->name = str_dup(&m->call->arena, str_of(key));
        }
    }
    if (m->refused) return MHD_NO;
    if (m->fd >= 0) {
        struct upload *u = &m->files[m->files_n - 1];
        m->unsaved = n && write(m->fd, data, n) != (ssize_t)n;
        if (m->unsaved) log_error("cannot write an uploaded file: %s", strerror(errno));
        if (m->unsaved) m->refused = true;
        u->size += (int64_t)n;
    } else if (m->name.p != NULL) {
        if (m->value.n + n > FIELD_MAX) m->refused = true;
        else put(&m->value, data, n);
    }
    return m->refused ? MHD_NO : MHD_YES;
}

bool
body_begin(struct call *c, const struct server_config *config)
{
    struct str type = header(c, "Content-Type"), length = header(c, "Content-Length");
    bool files = str_starts(type, STR("multipart/form-data"));
    int64_t n = 0;

    if (length.p != NULL && !str_int(length, &n)) return refuse(c, HTTP_BAD_REQUEST);
    if ((size_t)n > (files ? config->upload_max : config->body_max)) return refuse(c, HTTP_TOO_LARGE);
    c->body = (struct buf){ .arena = &c->arena };
    if (!files) return true;
    if (c->rq.route == NULL || !c->rq.route->upload) return refuse(c, HTTP_BAD_REQUEST);
    struct multipart *m = NEW(&c->arena, struct multipart, 1);
    *m = (struct multipart){ .call = c, .config = config, .value = { .arena = &c->arena }, .fd = -1 };
    arena_defer(&c->arena, multipart_done, m);
    m->pp = MHD_create_post_processor(c->conn, 65536, piece, m);
    c->multipart = m;
    return m->pp != NULL || refuse(c, HTTP_BAD_REQUEST);
}

bool
body_take(struct call *c, const struct server_config *config, const char *data, size_t n)
{
    if (c->bad) return false;
    if (c->rq.method != METHOD_POST) return refuse(c, HTTP_BAD_REQUEST);
    struct multipart *m = c->multipart;
    if (m != NULL) {
        m->total += n;
        if (m->total > config->upload_max) return refuse(c, HTTP_TOO_LARGE);
        if (MHD_post_process(m->pp, data, n) != MHD_YES || m->refused)
            return refuse(c, m->unsaved ? HTTP_UNAVAILABLE : HTTP_BAD_REQUEST);
        return true;
    }
    if (c->body.n + n > config->body_max) return refuse(c, HTTP_TOO_LARGE);
    put(&c->body, data, n);
    return true;
}

bool
body_end(struct call *c)
{
    struct multipart *m = c->multipart;
    if (c->bad) return false;
    if (m != NULL) {
        enum MHD_Result whole = MHD_destroy_post_processor(m->pp);
        m->pp = NULL;
        if (whole != MHD_YES || !field_end(m)) return refuse(c, m->unsaved ? HTTP_UNAVAILABLE : HTTP_BAD_REQUEST);
        c->rq.uploads = m->files;
        c->rq.uploads_n = m->files_n;
    } else if (c->body.n) {
        bool json = str_starts(header(c, "Content-Type"), STR("application/json"));
        if (!(json ? params_json : params_parse)(&c->arena, &c->params, buf_str(&c->body))) return refuse(c, HTTP_BAD_REQUEST);
    }
    c->rq.params = c->params.all;
    c->rq.params_n = c->params.n;
    return true;
}

void
body_clean(const char *dir)
{
    struct arena a = { 0 };
    struct stat st;
    DIR *d = opendir(dir);
    if (d == NULL) return;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        const char *path = str_fmt(&a, "%s/%s", dir, e->d_name).p;
        struct str name = str_of(e->d_name);
        if ((!str_starts(name, STR(UPLOAD_NAME)) && !str_starts(name, STR(PAPER_NAME))) || stat(path, &st) != 0) continue;
        if (st.st_mtime < time(NULL) - UPLOAD_OLD_SECONDS) unlink(path);
    }
    closedir(d);
    arena_clear(&a);
}
