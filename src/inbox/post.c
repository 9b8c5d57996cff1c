/* Mail by SMTP and a signed webhook, by libcurl.  Neither ever says more than post_text. */
#include "codes/codes.h"
#include "form/doc.h"
#include "inbox/courier.h"
#include "view/view.h"
#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

const char *const post_text = T("暖（社工站系统）：有紧急事项需要处理，请登录查看。");

enum { CONNECT_SECONDS = 5, WHOLE_SECONDS = 20 };

static void
init(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static int
progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const volatile bool *stop = arg;
    (void)a; (void)b; (void)c; (void)d;
    return stop != NULL && *stop;
}

static size_t
ignore(char *data, size_t size, size_t n, void *arg)
{
    (void)data; (void)arg;
    return size * n;
}

static CURL *
open_curl(const struct post *p)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init);
    CURL *c = curl_easy_init();
    if (c == NULL) return NULL;
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, progress);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, (void *)(uintptr_t)p->stop);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, ignore);
    return c;
}

static const char *
base64(struct arena *a, const void *data, size_t n)
{
    size_t room = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL);
    char *out = NEW(a, char, room);
    return sodium_bin2base64(out, room, data, n, sodium_base64_VARIANT_ORIGINAL);
}

/* ---- Mail ---- */

struct upload { const char *text; size_t at, n; };

static size_t
read_mail(char *to, size_t size, size_t n, void *arg)
{
    struct upload *u = arg;
    size_t most = size * n, left = u->n - u->at;
    if (left > most) left = most;
    memcpy(to, u->text + u->at, left);
    u->at += left;
    return left;
}

/* RFC 5322, 2045, 2047. */
static struct str
letter(struct arena *a, const char *from, const char *to)
{
    const char *subject = T("紧急事项提醒");
    char day[64];
    time_t now = (time_t)(instant_now().ms / 1000);
    struct tm tm;
    unsigned char id[12];
    char hex[25];
    gmtime_r(&now, &tm);
    strftime(day, sizeof day, "%a, %d %b %Y %H:%M:%S +0000", &tm);
    randombytes_buf(id, sizeof id);
    sodium_bin2hex(hex, sizeof hex, id, sizeof id);
    return str_fmt(a, "From: <%s>\r\nTo: <%s>\r\nDate: %s\r\nMessage-ID: <%s@nuan>\r\nSubject: =?UTF-8?B?%s?=\r\nMIME-Version: 1.0\r\n"
                      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n%s\r\n",
                   from, to, day, hex, base64(a, subject, strlen(subject)), base64(a, post_text, strlen(post_text)));
}

static const char *
text_of(const struct post *p, const char *key)
{
    return str_z(p->a, doc_text(p->settings, key));
}

const char *
post_mail(const struct post *p)
{
    const char *tls = text_of(p, "tls"), *from = text_of(p, "from"), *to = str_z(p->a, p->to), *user = text_of(p, "user");
    bool whole = strcmp(tls, "tls") == 0;
    CURL *c = open_curl(p);
    if (c == NULL) return "no memory";
    struct str text = letter(p->a, from, to);
    struct upload u = { text.p, 0, text.n };
    struct curl_slist *rcpt = curl_slist_append(NULL, to);
    curl_easy_setopt(c, CURLOPT_URL, str_fmt(p->a, "%s://%s:%s", whole ? "smtps" : "smtp", text_of(p, "host"), text_of(p, "port")).p);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    if (strcmp(tls, "starttls") == 0) curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    if (*user) {
        curl_easy_setopt(c, CURLOPT_USERNAME, user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, text_of(p, "password"));
    }
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, rcpt);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, read_mail);
    curl_easy_setopt(c, CURLOPT_READDATA, &u);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    CURLcode e = curl_easy_perform(c);
    curl_slist_free_all(rcpt);
    curl_easy_cleanup(c);
    return e == CURLE_OK ? NULL : curl_easy_strerror(e);
}

/* ---- Webhook ---- */

static void
hmac(const char *secret, const char *text, unsigned char out[crypto_auth_hmacsha256_BYTES])
{
    crypto_auth_hmacsha256_state s;
    crypto_auth_hmacsha256_init(&s, (const unsigned char *)secret, strlen(secret));
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)text, strlen(text));
    crypto_auth_hmacsha256_final(&s, out);
}

/* The body of the format with {text} and {at} filled in. */
static const char *
body_of(struct arena *a, const struct code_entry *format, int64_t at)
{
    struct buf b = { .arena = a };
    for (const char *p = codes_text(format, "body"); *p;) {
        if (strncmp(p, "{text}", 6) == 0) {
            put_json_str(&b, str_of(post_text));
            p += 6;
        } else if (strncmp(p, "{at}", 4) == 0) {
            putf(&b, "%lld", (long long)at);
            p += 4;
        } else {
            put(&b, p++, 1);
        }
    }
    return str_z(a, buf_str(&b));
}

/* DingTalk wants the signature in the address: of "time\nsecret", with the secret. */
static const char *
signed_url(struct arena *a, const char *url, const char *secret, int64_t at)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    struct buf b = { .arena = a };
    hmac(secret, str_fmt(a, "%lld\n%s", (long long)at, secret).p, mac);
    putf(&b, "%s%ctimestamp=%lld&sign=", url, strchr(url, '?') ? '&' : '?', (long long)at);
    put_url_cstr(&b, base64(a, mac, sizeof mac));
    return str_z(a, buf_str(&b));
}

/* Others check HMAC-SHA256 of "time.body". */
static struct curl_slist *
headers_of(struct arena *a, const char *secret, int64_t at, const char *body)
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    char hex[2 * sizeof mac + 1];
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json; charset=utf-8");
    hmac(secret, str_fmt(a, "%lld.%s", (long long)at, body).p, mac);
    sodium_bin2hex(hex, sizeof hex, mac, sizeof mac);
    list = curl_slist_append(list, str_fmt(a, "X-Nuan-Timestamp: %lld", (long long)at).p);
    return curl_slist_append(list, str_fmt(a, "X-Nuan-Signature: sha256=%s", hex).p);
}

bool
post_address_ok(struct str url)
{
    bool local = str_starts(url, STR("http://127.0.0.1")) || str_starts(url, STR("http://localhost"));
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ') return false;
    return local || str_starts(url, STR("https://"));
}

static const char *
send_json(const struct post *p, const char *url, const char *body, struct curl_slist *headers)
{
    long status = 0;
    CURL *c = open_curl(p);
    if (c == NULL) {
        curl_slist_free_all(headers);
        return "no memory";
    }
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
    CURLcode e = curl_easy_perform(c);
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(c);
    if (e != CURLE_OK) return curl_easy_strerror(e);
    return status / 100 == 2 ? NULL : str_fmt(p->a, "status %ld", status).p;
}

const char *
post_json(struct arena *a, const char *url, const char *secret, const char *body, const volatile bool *stop)
{
    return send_json(&(struct post){ .a = a, .stop = stop }, url, body, headers_of(a, secret, instant_now().ms, body));
}

const char *
post_webhook(const struct post *p)
{
    const struct code_entry *format = codes_find(codes_table("webhook_format"), doc_text(p->settings, "format"));
    const char *secret = text_of(p, "secret"), *url = text_of(p, "url");
    int64_t at = instant_now().ms;
    if (format == NULL) return "no such format";
    const char *body = body_of(p->a, format, at);
    bool in_query = strcmp(codes_text(format, "sign"), "query") == 0;
    return send_json(p, in_query ? signed_url(p->a, url, secret, at) : url, body, headers_of(p->a, secret, at, body));
}
