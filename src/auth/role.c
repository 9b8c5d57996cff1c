#include "auth/role.h"
#include "base/data.h"
#include <jansson.h>

enum { ROLES_MAX = 40 };

static struct arena memory;
static struct role roles[ROLES_MAX];
static size_t roles_n;

static enum may
may_of(const char *name)
{
#define MAY_NAME(m, text) if (strcmp(name, text) == 0) return m;
    MAYS(MAY_NAME)
#undef MAY_NAME
    return MAY_NOTHING;
}

/* "RW own", "M", "A", "-": the strongest letter counts, the word says for which records. */
static bool
level_of(const char *text, struct role *r, int level)
{
    static const struct { const char *word; enum access_for who; } words[] = {
        { "own", FOR_OWN }, { "assigned", FOR_ASSIGNED }, { "named", FOR_NAMED }, { "area", FOR_AREA }, { "sample", FOR_SAMPLE },
    };
    struct str rest = str_of(text), letters = str_cut(&rest, ' ');
    enum access a = ACCESS_NONE;

    for (size_t i = 0; i < letters.n; i++) {
        enum access one = ACCESS_NONE;
        switch (letters.p[i]) {
        case 'W': one = ACCESS_WRITE; break;
        case 'R': one = ACCESS_READ; break;
        case 'A': one = ACCESS_APPROVAL; break;
        case 'M': one = ACCESS_MASKED; break;
        case 'N': one = ACCESS_NUMBER; break;
        case '-': break;
        default: return false;
        }
        if (one > a) a = one;
    }
    r->level[level].access = a;
    r->level[level].who = FOR_ALL;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(rest, words[i].word)) r->level[level].who = words[i].who;
    return true;
}

static bool
read_role(json_t *j, struct role *r)
{
    const char *code, *zh, *en;
    json_t *mays, *levels, *m;
    size_t i;
    if (json_unpack(j, "{s:s, s:s, s:s, s:o, s:o}", "code", &code, "zh", &zh, "en", &en, "may", &mays, "levels", &levels) != 0)
        return false;
    *r = (struct role){ .code = str_dup(&memory, str_of(code)), .zh = str_dup(&memory, str_of(zh)).p, .en = str_dup(&memory, str_of(en)).p };
    json_array_foreach(mays, i, m) {
        enum may one = may_of(json_string_value(m) ? json_string_value(m) : "");
        if (one == MAY_NOTHING) {
            log_error("roles.json: role %s: unknown permission %s", code, json_string_value(m));
            return false;
        }
        r->may |= UINT64_C(1) << one;
    }
    for (int level = 0; level < LEVELS; level++) {
        const char *text = json_string_value(json_array_get(levels, (size_t)level));
        if (text == NULL || !level_of(text, r, level)) return false;
    }
    r->content = r->level[1].access >= ACCESS_MASKED;
    return true;
}

bool
roles_load(void)
{
    json_error_t why;
    struct str text = data_file("roles.json");
    json_t *doc = text.p ? json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why) : NULL, *list = json_object_get(doc, "roles"), *j;
    size_t i;
    bool ok = json_is_array(list);

    roles_n = 0;
    json_array_foreach(list, i, j) {
        ok = ok && roles_n < ROLES_MAX && read_role(j, &roles[roles_n]);
        if (!ok) {
            log_error("roles.json: entry %zu is wrong", i);
            break;
        }
        roles_n++;
    }
    if (doc == NULL) log_error("roles.json:%d: %s", text.p ? why.line : 0, text.p ? why.text : "missing");
    json_decref(doc);
    return ok;
}

const struct role *
role_find(struct str code)
{
    for (size_t i = 0; i < roles_n; i++)
        if (str_eq(roles[i].code, code)) return &roles[i];
    return NULL;
}

const struct role *
roles_all(size_t *n)
{
    *n = roles_n;
    return roles;
}

const char *
role_label(struct str code, enum lang lang)
{
    const struct role *r = role_find(code);
    return r == NULL ? "" : lang == LANG_EN ? r->en : r->zh;
}

enum access
access_to(const struct rq *rq, int level, struct relation rel)
{
    const struct role *r = role_find(rq->who.role);
    if (r == NULL || level < 0 || level >= LEVELS) return ACCESS_NONE;
    if (rel.own && may(rq, CASE_WRITE)) return ACCESS_WRITE;    /* the responsible worker, whatever his role is called */
    if (level == 4 && rel.named) return ACCESS_READ;
    switch (r->level[level].who) {
    case FOR_ALL: case FOR_AREA: return r->level[level].access;
    case FOR_OWN: return rel.own ? r->level[level].access : ACCESS_NONE;
    case FOR_ASSIGNED: return rel.assigned || rel.own ? r->level[level].access : ACCESS_NONE;
    case FOR_NAMED: return rel.named ? r->level[level].access : ACCESS_NONE;
    case FOR_SAMPLE: return ACCESS_NONE;        /* samples are drawn in an evaluation round */
    }
    return ACCESS_NONE;
}
