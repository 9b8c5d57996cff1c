#include <stdint.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "test/kit.h"
#include "test/listener.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct listener heard;

static void
hear_more(int c)
{
    ssize_t n = read(c, heard.got + heard.n, sizeof heard.got - 1 - heard.n);
    if (n > 0) heard.n += (size_t)n;
    heard.got[heard.n] = '\0';
}

static void
say(int c, const char *line)
{
    if (write(c, line, strlen(line)) < 0) return;
}

/* Enough of RFC 5321 for one letter. */
static void
talk_smtp(int c)
{
    bool data = false;
    say(c, "220 test\r\n");
    for (int i = 0; i < 20; i++) {
        size_t before = heard.n;
        hear_more(c);
        if (heard.n == before) return;
        const char *now = heard.got + before;
        if (data && strstr(heard.got, "\r\n.\r\n")) { data = false; say(c, "250 ok\r\n"); }
        else if (data) continue;
        else if (strncmp(now, "DATA", 4) == 0) { data = true; say(c, "354 go on\r\n"); }
        else if (strncmp(now, "QUIT", 4) == 0) { say(c, "221 bye\r\n"); return; }
        else say(c, "250 ok\r\n");
    }
}

static bool
whole_request(void)
{
    const char *body = strstr(heard.got, "\r\n\r\n"), *length = strstr(heard.got, "Content-Length: ");
    return body != NULL && length != NULL && strlen(body + 4) >= strtoul(length + 16, NULL, 10);
}

static void
talk_http(int c)
{
    for (int i = 0; i < 20 && !whole_request(); i++) hear_more(c);
    say(c, heard.answer);
}

static void *
listen_once(void *arg)
{
    (void)arg;
    int c = accept(heard.fd, NULL, NULL);
    if (c < 0) return NULL;
    if (heard.smtp) talk_smtp(c);
    else talk_http(c);
    close(c);
    return NULL;
}

static void
open_at(int port, bool smtp, const char *answer)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port) };
    socklen_t n = sizeof at;
    heard = (struct listener){ .smtp = smtp, .answer = answer, .fd = socket(AF_INET, SOCK_STREAM, 0) };
    assert_int_equal(setsockopt(heard.fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof(int)), 0);
    assert_int_equal(bind(heard.fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(heard.fd, 4), 0);
    assert_int_equal(getsockname(heard.fd, (struct sockaddr *)&at, &n), 0);
    heard.port = ntohs(at.sin_port);
}

void
listening(bool smtp, const char *answer)
{
    open_at(0, smtp, answer);
}

void
listen_again(const char *answer)
{
    open_at(heard.port, heard.smtp, answer);
}

void
listen_begin(void)
{
    assert_int_equal(pthread_create(&heard.thread, NULL, listen_once, NULL), 0);
}

void
listen_end(void)
{
    pthread_join(heard.thread, NULL);
    close(heard.fd);
}
