/* The administrator's settings for mail and webhook, the addresses of users, and what became of the last messages. */
#include "audit/audit.h"
#include "auth/session.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "inbox/courier.h"
#include "inbox/channel_html.h"
#include "inbox/channel_views.h"
#include "seal/seal.h"
#include "view/view.h"

static const struct choice tls_kinds[] = { { "starttls", T("STARTTLS（常用端口587）"), "STARTTLS (port 587)" },
    { "tls", T("TLS（常用端口465）"), "TLS (port 465)" }, { "none", T("不加密（仅限本机）"), NULL } };

struct mail { struct str host, tls, user, password, from; int64_t port; };
static const struct field mail_fields[] = {
    FIELD_TEXT(struct mail, host, "邮件服务器", .max = 200, .wide = true, .help = "留空即停用邮件提醒。"),
    FIELD_INT(struct mail, port, "端口", .min = 1, .max = 65535),
    FIELD_CHOICE(struct mail, tls, tls_kinds, "加密", .required = true, .wide = true),
    FIELD_TEXT(struct mail, user, "用户名", .max = 200, .wide = true),
    FIELD_PASSWORD(struct mail, password, "密码", .max = 200, .wide = true, .help = "留空即保留原来的密码。"),
    FIELD_TEXT(struct mail, from, "发件地址", .max = 200, .wide = true),
};
static bool mail_check(struct rq *rq, void *form);
const struct form channel_mail_form = FORM_CHECKED(struct mail, mail_fields, mail_check);

struct webhook { struct str url, format, secret; };
static const struct field webhook_fields[] = {
    FIELD_TEXT(struct webhook, url, "地址", .max = 500, .wide = true, .help = "群机器人的 https 地址；留空即停用。"),
    FIELD_CODE(struct webhook, format, "webhook_format", "消息格式", .required = true, .wide = true),
    FIELD_PASSWORD(struct webhook, secret, "签名密钥", .max = 200, .wide = true, .help = "留空即保留原来的密钥。"),
};
static bool webhook_check(struct rq *rq, void *form);
const struct form channel_webhook_form = FORM_CHECKED(struct webhook, webhook_fields, webhook_check);

struct address { struct user_id account; struct str address; };
static const struct field address_fields[] = {
    FIELD_ID(struct address, account, user_id, F_STAFF, "用户", .required = true, .wide = true),
    FIELD_TEXT(struct address, address, "邮件地址", .max = 200, .wide = true, .secret = true, .help = "留空即删除。"),
};
static bool address_check(struct rq *rq, void *form);
const struct form channel_address_form = FORM_CHECKED(struct address, address_fields, address_check);

/* One plain address: nothing that could begin another header or another command. */
static bool
plain(struct str s)
{
    size_t ats = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7f || strchr("<>\"(),;:\\[]", c)) return false;
        ats += c == '@';
    }
    return ats == 1 && s.p[0] != '@' && s.p[s.n - 1] != '@';
}

static bool
mail_check(struct rq *rq, void *form)
{
    struct mail *in = form;
    if (in->host.n == 0) return rq->errors == NULL;
    if (in->port == NO_INT || in->port == 0) in->port = str_is(in->tls, "tls") ? 465 : str_is(in->tls, "none") ? 25 : 587;
    for (size_t i = 0; i < in->host.n; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", in->host.p[i])) {
            rq_invalid(rq, "host", T("只填写主机名，例如 smtp.example.cn。"));
            break;
        }
    if (in->from.n == 0 || !plain(in->from)) rq_invalid(rq, "from", T("请填写邮件地址，例如 name@example.cn。"));
    return rq->errors == NULL;
}

static bool
webhook_check(struct rq *rq, void *form)
{
    const struct webhook *in = form;
    if (in->url.n && !post_address_ok(in->url)) rq_invalid(rq, "url", T("地址须以 https:// 开头，中间不能有空格。"));
    return rq->errors == NULL;
}

static bool
address_check(struct rq *rq, void *form)
{
    const struct address *in = form;
    if (in->address.n && !plain(in->address)) rq_invalid(rq, "address", T("请填写邮件地址，例如 name@example.cn。"));
    return rq->errors == NULL;
}

/* ---- The page ---- */

static const struct choice *
offered(const struct form_source *from, const struct field *f, size_t *n)
{
    struct rq *rq = from->arg;
    struct mail_accounts_row *rows;
    (void)f;
    *n = mail_accounts(rq->db, &rows, rq->who.unit);
    struct choice *all = NEW(rq->arena, struct choice, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const char *label = str_fmt(rq->arena, "%.*s (%.*s)", FMT(rows[i].name), FMT(rows[i].login)).p;
        all[i] = (struct choice){ str_fmt(rq->arena, "%lld", (long long)rows[i].id.v).p, label, label };
    }
    return all;
}

static enum http
show(struct rq *rq)
{
    const json_t *m = channel_open(rq->db, rq->arena, "channel.mail"), *w = channel_open(rq->db, rq->arena, "channel.webhook");
    struct mail *mail = NEW(rq->arena, struct mail, 1);
    struct webhook *hook = NEW(rq->arena, struct webhook, 1);
    struct mail_list_row *rows;
    struct message_troubles_row *last;
    *mail = (struct mail){ .host = doc_text(m, "host"), .tls = m ? doc_text(m, "tls") : STR("starttls"), .user = doc_text(m, "user"),
                           .from = doc_text(m, "from") };
    if (!str_int(doc_text(m, "port"), &mail->port)) mail->port = 587;
    *hook = (struct webhook){ .url = doc_text(w, "url"), .format = w ? doc_text(w, "format") : STR("wecom") };
    struct channel_page v = { .rq = rq, .mail = { .rq = rq, .values = mail }, .webhook = { .rq = rq, .values = hook },
                              .address = { .rq = rq, .choices = offered, .arg = rq }, .on = m != NULL || w != NULL };
    v.rows_n = mail_list(rq->db, &rows, rq->who.unit);
    v.rows = rows;
    v.last_n = message_troubles(rq->db, &last, rq->who.area);
    v.last = last;
    rq->title = str_of(tr(rq->lang, T("紧急通知")));
    channel_page(&rq->body, &v);
    return HTTP_OK;
}

static void
save(struct rq *rq, const char *name, const json_t *doc)
{
    if (doc == NULL) channel_drop(rq->db, str_of(name));
    else channel_set(rq->db, str_of(name), seal(rq->arena, name, doc_dump(rq->arena, doc)));
    audit_note(rq, rq->who.area, "change", name, 0, NULL, NO_STR);
}

static void
keep(json_t *doc, const char *key, struct str value)
{
    if (value.n) json_object_set_new(doc, key, json_stringn(value.p, value.n));
}

static enum http
save_mail(struct rq *rq)
{
    const struct mail *in = rq->form;
    const json_t *old = channel_open(rq->db, rq->arena, "channel.mail");
    json_t *doc = json_object();
    keep(doc, "host", in->host);
    keep(doc, "port", str_fmt(rq->arena, "%lld", (long long)in->port));
    keep(doc, "tls", in->tls);
    keep(doc, "user", in->user);
    keep(doc, "password", in->password.n ? in->password : doc_text(old, "password"));
    keep(doc, "from", in->from);
    save(rq, "channel.mail", in->host.n ? doc : NULL);
    json_decref(doc);
    return rq_done(rq, T("已保存"), "/settings/channels");
}

static enum http
save_webhook(struct rq *rq)
{
    const struct webhook *in = rq->form;
    const json_t *old = channel_open(rq->db, rq->arena, "channel.webhook");
    json_t *doc = json_object();
    keep(doc, "url", in->url);
    keep(doc, "format", in->format);
    keep(doc, "secret", in->secret.n ? in->secret : doc_text(old, "secret"));
    save(rq, "channel.webhook", in->url.n ? doc : NULL);
    json_decref(doc);
    return rq_done(rq, T("已保存"), "/settings/channels");
}

static enum http
save_address(struct rq *rq)
{
    const struct address *in = rq->form;
    struct mail_accounts_row *rows;
    size_t n = mail_accounts(rq->db, &rows, rq->who.unit);
    bool known = false;
    for (size_t i = 0; i < n; i++) known = known || rows[i].id.v == in->account.v;
    if (!known) return rq_invalid(rq, "account", T("请从列表中选择。"));
    if (in->address.n) mail_set(rq->db, in->account, seal(rq->arena, "account.mail", in->address));
    else mail_drop(rq->db, in->account);
    struct audit_changes changes = { 0 };
    audit_changed_secret(&changes, rq->arena, "mail");
    audit_note(rq, rq->who.area, "change", "account", in->account.v, &changes, NO_STR);
    return rq_done(rq, T("已保存"), "/settings/channels");
}

/* A message to try the settings: to the administrator's own address, and to the webhook. */
static enum http
test(struct rq *rq)
{
    int64_t area = rq->who.area;
    struct instant now = instant_now();
    if (channel_open(rq->db, rq->arena, "channel.mail"))
        message_mail(rq->db, .area = area, .id = { id_next(area) }, .kind = STR("test"), .account = rq->who.user, .at = now);
    if (channel_open(rq->db, rq->arena, "channel.webhook")) message_webhook(rq->db, area, (struct message_id){ id_next(area) }, STR("test"), now);
    return rq_done(rq, T("已放入发送队列，几秒后刷新查看结果"), "/settings/channels");
}

const struct route channel_routes[] = {
    GET("/settings/channels", SETTINGS_ADMIN, show, .title = T("紧急通知")),
    POST("/settings/channels/mail", SETTINGS_ADMIN, save_mail, .form = &channel_mail_form, .redraw = show, .title = T("邮件提醒")),
    POST("/settings/channels/webhook", SETTINGS_ADMIN, save_webhook, .form = &channel_webhook_form, .redraw = show, .title = T("群机器人")),
    POST("/settings/channels/address", SETTINGS_ADMIN, save_address, .form = &channel_address_form, .redraw = show, .title = T("用户的邮件地址")),
    POST("/settings/channels/test", SETTINGS_ADMIN, test, .form = &no_fields, .title = T("发送测试")),
};
const size_t channel_routes_n = COUNT(channel_routes);
