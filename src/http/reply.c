#include "base/asset.h"
#include "http/call.h"
#include "view/view.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void
head(struct MHD_Response *r, const char *name, const char *value)
{
    MHD_add_response_header(r, name, value);
}

/* What every answer carries, so that a browser runs only our own files. */
static void
head_common(struct MHD_Response *r)
{
    head(r, "X-Content-Type-Options", "nosniff");
    head(r, "X-Robots-Tag", "noindex, nofollow");       /* a one-time link that was posted somewhere is not found by searching */
    head(r, "Referrer-Policy", "same-origin");
    head(r, "Cross-Origin-Opener-Policy", "same-origin");
    head(r, "Cross-Origin-Resource-Policy", "same-origin");
    head(r, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    head(r, "Content-Security-Policy",
         "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
}

static const char *
type_of(const char *name)
{
    static const struct { const char *end, *type; } types[] = {
        { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" }, { ".png", "image/png" }, { ".json", "application/json" }, { ".txt", "text/plain; charset=utf-8" },
    };
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_ends(str_of(name), str_of(types[i].end))) return types[i].type;
    return "application/octet-stream";
}

const struct asset *
reply_asset(const struct call *c)
{
    struct str prefix = STR("/static/"), name = c->rq.path;
    if (c->rq.method != METHOD_GET || !str_starts(name, prefix)) return NULL;
    return asset_find(&static_assets, (struct str){ name.p + prefix.n, name.n - prefix.n });
}

enum MHD_Result
reply_static(struct call *c, const struct asset *a)
{
    const char *seen = MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, "If-None-Match");
    const char *accepts = MHD_lookup_connection_value(c->conn, MHD_HEADER_KIND, "Accept-Encoding");
    bool same = seen != NULL && strcmp(seen, a->hash) == 0, gz = a->gz != NULL && accepts != NULL && strstr(accepts, "gzip") != NULL;
    const unsigned char *bytes = gz ? a->gz : a->bytes;
    size_t n = same ? 0 : gz ? a->gz_n : a->n;
    struct MHD_Response *r = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    head_common(r);
    head(r, "Content-Type", type_of(a->name));
    head(r, "ETag", a->hash);
    head(r, "Vary", "Accept-Encoding");
    if (gz && !same) head(r, "Content-Encoding", "gzip");
    head(r, "Cache-Control", str_has(c->rq.query, STR("v=")) ? "public, max-age=31536000, immutable" : "no-cache");
    c->sent = same ? 304 : 200;
    enum MHD_Result result = MHD_queue_response(c->conn, (unsigned)c->sent, r);
    MHD_destroy_response(r);
    return result;
}

static struct MHD_Response *
from_file(struct call *c)
{
    struct stat st;
    int fd = open(str_z(&c->arena, c->rq.file), O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        if (fd >= 0) close(fd);
        return NULL;
    }
    return MHD_create_response_from_fd((size_t)st.st_size, fd);
}

static void
head_download(struct call *c, struct MHD_Response *r)
{
    struct buf b = { .arena = &c->arena };
    LIT(&b, "attachment; filename*=UTF-8''");
    put_url_str(&b, c->rq.download);
    put(&b, "", 1);
    head(r, "Content-Disposition", b.p);
}

enum MHD_Result
reply_send(struct call *c, const struct server_config *config)
{
    struct rq *rq = &c->rq;
    struct arena *a = &c->arena;
    struct MHD_Response *r = rq->file.p ? from_file(c) : NULL;

    if (r == NULL) {
        struct str body = buf_str(&rq->body);
        r = MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
    }
    head_common(r);
    head(r, "Content-Type", rq->type.p ? str_z(a, rq->type) : "text/html; charset=utf-8");
    head(r, "Cache-Control", rq->cache.p ? str_z(a, rq->cache) : "no-store");
    head(r, "X-Request-Id", c->id);
    if (rq->etag.p) head(r, "ETag", str_z(a, rq->etag));
    if (rq->location.p) head(r, "Location", str_z(a, rq->location));
    if (rq->download.p) head_download(c, r);
    for (struct str rest = rq->cookies, one; rest.n;) {
        one = str_cut(&rest, '\n');
        head(r, "Set-Cookie", str_fmt(a, "%.*s%s", FMT(one), config->secure_cookies ? "; Secure" : "").p);
    }
    c->sent = (int)c->status;
    enum MHD_Result result = MHD_queue_response(c->conn, (unsigned)c->status, r);
    MHD_destroy_response(r);
    return result;
}
