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

/* "RW:own", "M", "A", "-": the strongest letter counts, the word says for which records. */
static bool
level_of(struct str text, struct role_level *out)
{
    static const struct { const char *word; enum access_for who; } words[] = {
        { "own", FOR_OWN }, { "assigned", FOR_ASSIGNED }, { "named", FOR_NAMED }, { "area", FOR_AREA },
        { "task", FOR_TASK }, { "sample", FOR_SAMPLE },
    };
    struct str letters = str_cut(&text, ':');

    *out = (struct role_level){ ACCESS_NONE, FOR_ALL };
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
        if (one > out->access) out->access = one;
    }
    if (text.n == 0) return letters.n > 0;
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(text, words[i].word)) {
            out->who = words[i].who;
            return letters.n > 0;
        }
    return false;
}

static bool
levels_of(json_t *j, struct role_level out[LEVELS])
{
    static const char *const names[LEVELS] = { "S0", "S1", "S2", "S3", "S4" };
    for (int i = 0; i < LEVELS; i++)
        if (!level_of(str_of(json_string_value(json_object_get(j, names[i]))), &out[i])) return false;
    return true;
}

static bool
read_role(json_t *j, struct role *r)
{
    const char *code, *zh, *en;
    json_t *mays, *levels, *colleague = json_object_get(j, "access_colleague"), *m;
    size_t i;
    if (json_unpack(j, "{s:s, s:s, s:s, s:o, s:o}", "code", &code, "zh", &zh, "en", &en, "permissions", &mays, "access", &levels) != 0)
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
    r->has_colleague = colleague != NULL;
    r->expires = json_is_true(json_object_get(j, "expires"));
    r->second_factor = json_is_true(json_object_get(j, "second_factor"));
    if (!levels_of(levels, r->level) || (colleague != NULL && !levels_of(colleague, r->colleague))) return false;
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

static enum access
letter(const struct rq *rq, int level, struct relation rel)
{
    const struct role *r = role_find(rq->who.role);
    if (r == NULL || level < 0 || level >= LEVELS) return ACCESS_NONE;
    if (rel.own && may(rq, CASE_WRITE)) return ACCESS_WRITE;    /* the responsible worker, whatever his role is called */
    if (level == 4 && rel.named) return ACCESS_READ;
    const struct role_level *l = r->has_colleague && !rel.own ? &r->colleague[level] : &r->level[level];
    switch (l->who) {
    case FOR_ALL: case FOR_AREA: return l->access;
    case FOR_OWN: return rel.own ? l->access : ACCESS_NONE;
    case FOR_ASSIGNED: return rel.assigned || rel.own ? l->access : ACCESS_NONE;
    case FOR_NAMED: return rel.named ? l->access : ACCESS_NONE;
    case FOR_TASK: case FOR_SAMPLE: return ACCESS_NONE;         /* tasks and samples are handed out by parts that do so */
    }
    return ACCESS_NONE;
}

enum access
access_to(const struct rq *rq, int level, struct relation rel)
{
    enum access how = letter(rq, level, rel);
    return rel.granted && (how == ACCESS_APPROVAL || how == ACCESS_MASKED) ? ACCESS_READ : how;
}
