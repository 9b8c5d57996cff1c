#include "test/refer.h"
#include "test/cases.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct kit_reply
done(struct kit *k, struct kit_reply r, const char *what)
{
    const char *body = str_z(&k->arena, r.body), *why = strstr(body, "alert-danger");
    if (r.status != HTTP_SEE_OTHER) fail_msg("%s: %d %.1500s", what, (int)r.status, why ? why : body);
    return r;
}

const char *
refer_params(struct kit *k, const char *name, const char *more)
{
    return at(k, "%s&unit=%lld&from_org=%s&from_person=%s&from_phone=13800000000&client_kind=person&name=%s&reason=specialised&services=1.1"
                 "&service_class=comprehensive&urgency=4&summary=%s&consent_how=consent&consent_by=x&consent_relation=self&consent_way=oral"
                 "&consent_on=%s&sign=x", more[0] == '&' ? more + 1 : more, (long long)k->station_a.v, kit_enc(k, "县医院").p, kit_enc(k, "王医生").p,
              kit_enc(k, name).p, kit_enc(k, "独居，缺少照料").p, day_text(k, 0));
}

int64_t
refer_clerk(struct kit *k, const char *name, const char *more)
{
    return kit_id_in(done(k, kit_post(k, "clerk_a", "/referrals/refer", refer_params(k, name, more)), name).location, "/referrals/");
}

int64_t
refer_in(struct kit *k, const char *login, const char *source, const char *name, const char *more)
{
    const char *params = refer_params(k, name, at(k, "source=%s%s", source, more));
    return kit_id_in(done(k, kit_post(k, login, "/referrals/in", params), name).location, "/referrals/");
}

const char *
refer_out_params(struct kit *k, const char *who, const char *to)
{
    return at(k, "%s&%s&reason=specialised&services=1.1&service_class=specialised&urgency=4&summary=%s", who, to, kit_enc(k, "需要专门服务").p);
}

int64_t
refer_out(struct kit *k, const char *login, const char *who, const char *to)
{
    return kit_id_in(done(k, kit_post(k, login, "/referrals/new", refer_out_params(k, who, to)), "referral").location, "/referrals/");
}

static struct kit_reply
act(struct kit *k, const char *login, int64_t id, const char *what, const char *params)
{
    return kit_post(k, login, at(k, "/referrals/%lld/%s", (long long)id, what), params);
}

void
refer_edit(struct kit *k, const char *login, int64_t id, const char *who, const char *to)
{
    int64_t version = kit_number(k, at(k, "SELECT version FROM referral WHERE id = %lld", (long long)id));
    done(k, act(k, login, id, "edit", at(k, "%s&version=%lld", refer_out_params(k, who, to), (long long)version)), "edit");
}

const char *
refer_consent(struct kit *k)
{
    return at(k, "consent_how=consent&consent_by=x&consent_relation=self&consent_way=written&consent_on=%s", day_text(k, 0));
}

void
refer_agree(struct kit *k, const char *login, int64_t id)
{
    done(k, act(k, login, id, "consent", refer_consent(k)), "consent");
}

void
refer_send(struct kit *k, const char *login, int64_t id)
{
    done(k, act(k, login, id, "send", "sign=x"), "send");
}

struct kit_reply
refer_accept(struct kit *k, const char *login, int64_t id, const char *client)
{
    return act(k, login, id, "accept", at(k, "client=%s&worker=%lld&reason=&sign=x", client, (long long)kit_user(k, login).v));
}
