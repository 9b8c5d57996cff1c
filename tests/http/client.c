#include "client.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in
local(uint16_t port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
}

uint16_t
client_free_port(void)
{
    struct sockaddr_in at = local(0);
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0)
        log_fatal("no free port");
    close(fd);
    return ntohs(at.sin_port);
}

int
client_open(uint16_t port)
{
    struct sockaddr_in at = local(port);
    struct timeval patience = { .tv_sec = 60 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0) return fd;
    close(fd);
    return -1;
}

bool
client_wait(uint16_t port, int ms)
{
    for (int waited = 0; waited < ms; waited += 5) {
        int fd = client_open(port);
        if (fd >= 0) {
            close(fd);
            return true;
        }
        nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
    }
    return false;
}

bool
client_send(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.p += n;
        bytes.n -= (size_t)n;
    }
    return true;
}

/* How long the body is; 0 when the head does not say. */
static size_t
content_length(const char *head)
{
    const char *at = strcasestr(head, "\r\nContent-Length:");
    return at ? strtoul(at + 17, NULL, 10) : 0;
}

struct client_reply
client_read(struct arena *a, int fd)
{
    struct buf b = { .arena = a };
    char part[16384];
    size_t head = 0, whole = 0;

    while (head == 0 || b.n < whole) {
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n <= 0) return (struct client_reply){ 0 };
        put(&b, part, (size_t)n);
        if (head != 0) continue;
        const char *end = memmem(b.p, b.n, "\r\n\r\n", 4);
        if (end == NULL) continue;
        head = (size_t)(end - b.p) + 4;
        whole = head + content_length(str_z(a, (struct str){ b.p, head }));
    }
    struct client_reply r = { 0, { b.p, head }, { b.p + head, b.n - head } };
    if (head > 12) r.status = (int)strtol(b.p + 9, NULL, 10);
    return r;
}

struct client_reply
client_ask(struct arena *a, int fd, const char *path, const char *cookie, const char *body)
{
    struct buf b = { .arena = a };
    putf(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\n", body ? "POST" : "GET", path);
    if (cookie) putf(&b, "Cookie: %s\r\n", cookie);
    if (body) putf(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", strlen(body));
    LIT(&b, "\r\n");
    if (body) put_raw(&b, str_of(body));
    return client_send(fd, buf_str(&b)) ? client_read(a, fd) : (struct client_reply){ 0 };
}

struct client_reply
client_once(struct arena *a, uint16_t port, const char *path, const char *cookie, const char *body)
{
    int fd = client_open(port);
    if (fd < 0) return (struct client_reply){ 0 };
    struct client_reply r = client_ask(a, fd, path, cookie, body);
    close(fd);
    return r;
}
