#include "test/kit.h"
#include "app.h"
#include "auth/password.h"
#include "auth/role.h"
#include "auth/user.h"
#include "auth/user_sql.h"
#include "casework/casework.h"
#include "groupwork/group.h"
#include "codes/catalogue.h"
#include "codes/codes.h"
#include "form/doc.h"
#include "db/ids.h"
#include "db/migrate.h"
#include "rules/rule.h"
#include "http/csrf.h"
#include "http/params.h"
#include "people/grant_sql.h"
#include "paper/book.h"
#include "seal/seal.h"
#include "view/view.h"
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

enum { AREA = 350424 };

static const struct { const char *login, *role; } users[] = {
    { "admin", "admin" }, { "county", "county" }, { "bureau", "bureau" }, { "evaluator", "evaluator" },
    { "head_a", "head" }, { "worker_a", "worker" }, { "worker_a2", "worker" }, { "assistant_a", "assistant" },
    { "supervisor_a", "supervisor" }, { "clerk_a", "clerk" }, { "grid_a", "grid" }, { "village_a", "village" },
    { "volunteer_a", "volunteer" }, { "client_a", "client" }, { "head_b", "head" }, { "worker_b", "worker" },
};

static void
must(struct kit *k, bool ok, const char *what)
{
    if (!ok) log_fatal("kit: %s: %s", what, db_error(k->db) ? db_error(k->db) : "failed");
}

static void
run_sql(struct kit *k, const char *sql)
{
    kit_begin(k);
    db_exec(k->db, sql);
    kit_commit(k);
}

/* A clean slate on PostgreSQL: the schema is dropped with all that is in it. */
static struct db *
fresh(struct kit *k)
{
    const char *url = getenv("NUAN_TEST_DB");
    snprintf(k->dir, sizeof k->dir, "/tmp/nuan-kit-XXXXXX");
    if (mkdtemp(k->dir) == NULL) log_fatal("kit: no temporary folder");
    if (url == NULL || *url == '\0') return db_open(str_fmt(&k->arena, "%s/test.db", k->dir).p);
    struct db *db = db_open(url);
    if (db != NULL) db_exec(db, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    return db;
}

static struct unit_id
unit(struct kit *k, const char *code, const char *level, struct unit_id parent, const char *name, const char *division)
{
    struct unit_id id = { id_next(AREA) };
    char up[32] = "NULL";
    if (parent.v) snprintf(up, sizeof up, "%lld", (long long)parent.v);
    run_sql(k, str_fmt(&k->arena,
        "INSERT INTO unit (id, area_id, code, profile, level, parent_id, name, division, opened_on, version)"
        " VALUES (%lld, %d, '%s', 'ninghua', '%s', %s, '%s', '%s', '2020-01-01', 1);"
        "INSERT INTO unit_closure (ancestor_id, descendant_id, depth)"
        " SELECT ancestor_id, %lld, depth + 1 FROM unit_closure WHERE descendant_id = %s"
        " UNION ALL SELECT %lld, %lld, 0;"
        "INSERT INTO unit_count (unit_id, level, n) SELECT ancestor_id, '%s', 1 FROM unit_closure WHERE descendant_id = %lld"
        " ON CONFLICT (unit_id, level) DO UPDATE SET n = unit_count.n + 1",
        (long long)id.v, AREA, code, level, up, name, division, (long long)id.v, up, (long long)id.v, (long long)id.v, level, (long long)id.v).p);
    return id;
}

static void
make_network(struct kit *k)
{
    struct unit_id none = { 0 };
    run_sql(k, "INSERT INTO profile (code, name, doc, loaded_at) VALUES ('ninghua', 'n', '{}', 0);"
               "INSERT INTO division (code, name, level, parent, edition) VALUES ('350000000000', '福建省', 1, NULL, '2023-01-01'),"
               " ('350400000000', '三明市', 2, '350000000000', '2023-01-01'), ('350424000000', '宁化县', 3, '350400000000', '2023-01-01'),"
               " ('350424100000', '翠江镇', 4, '350424000000', '2023-01-01'), ('350424101000', '泉上镇', 4, '350424000000', '2023-01-01'),"
               " ('350424102000', '湖村镇', 4, '350424000000', '2023-01-01'), ('350424100001', '甲村', 5, '350424100000', '2023-01-01'),"
               " ('350424100002', '乙村', 5, '350424100000', '2023-01-01'), ('350424101001', '丙村', 5, '350424101000', '2023-01-01')");
    k->county = unit(k, "NH", "general", none, "宁化县社工总站", "350424000000");
    k->east = unit(k, "NHE", "area", k->county, "东片区社工中心站", "350424000000");
    k->west = unit(k, "NHW", "area", k->county, "西片区社工中心站", "350424000000");
    k->station_a = unit(k, "CJ", "station", k->east, "翠江镇社工站", "350424100000");
    k->station_b = unit(k, "QS", "station", k->east, "泉上镇社工站", "350424101000");
    k->station_c = unit(k, "HC", "station", k->west, "湖村镇社工站", "350424102000");
    k->point_a = unit(k, "CJ01", "point", k->station_a, "甲村社工服务点", "350424100001");
}

static void
make_users(struct kit *k)
{
    struct user_id made;
    struct str hash = password_hash(&k->arena, STR("nuan-test-1"));
    kit_begin(k);
    for (size_t i = 0; i < COUNT(users); i++) {
        const char *login = users[i].login;
        struct unit_id at = strstr(login, "_a") ? k->station_a : strstr(login, "_b") ? k->station_b : k->county;
        must(k, user_make(k->db, AREA, login, login, users[i].role, at, (struct staff_id){ 0 }, hash, false, &made), login);
        if (role_find(str_of(users[i].role))->expires)
            user_update(k->db, .id = made, .name = str_of(login), .role = str_of(users[i].role), .unit = at, .expires_on = date_add(today(), 30));
        if (strcmp(users[i].role, "worker") == 0) minor_allow(k->db, made, instant_now(), made);
    }
    kit_commit(k);
}

struct kit *
kit_open(void)
{
    struct kit *k = calloc(1, sizeof *k);
    log_quiet(1);
    if (k == NULL || sodium_init() < 0) log_fatal("kit: out of memory");
    if (!codes_load() || !catalogues_load() || !roles_load() || !docs_load() || !stages_load() || !group_stages_load()
        || !rules_load()) log_fatal("kit: data files");
    k->db = fresh(k);
    if (k->db == NULL || !migrate(k->db) || !ids_refill(k->db)) log_fatal("kit: database");
    if (!seal_open(str_fmt(&k->arena, "%s/key", k->dir).p)) log_fatal("kit: key");
    gate_open(app_modules, app_modules_n, &app_hooks);
    paper_dir_set(k->dir);
    make_network(k);
    make_users(k);
    return k;
}

void
kit_close(struct kit *k)
{
    char command[128];
    db_close(k->db);
    snprintf(command, sizeof command, "rm -rf %s", k->dir);
    if (system(command) != 0) log_error("kit: cannot remove %s", k->dir);
    arena_clear(&k->arena);
    free(k);
}

void
kit_begin(struct kit *k)
{
    must(k, ids_refill(k->db), "ids");
    db_begin(k->db, &k->arena, DB_WRITE);
}

void
kit_commit(struct kit *k)
{
    must(k, db_commit(k->db), "commit");
}

int64_t
kit_number(struct kit *k, const char *sql)
{
    static const struct db_slot slot = { "v", DB_INT, true, 0 };
    struct db_query q = { .name = "kit_number", .sql = { sql, sql }, .out = &slot, .out_n = 1, .row_size = sizeof(int64_t) };
    struct db_query *kept = NEW(&k->arena, struct db_query, 1);         /* statements are cached by address */
    void *rows;
    *kept = q;
    db_begin(k->db, &k->arena, DB_READ);
    int64_t v = db_run(k->db, kept, NULL, &rows) ? *(int64_t *)rows : 0;
    must(k, db_commit(k->db), sql);
    return v == NO_INT ? 0 : v;
}

struct user_id
kit_user(struct kit *k, const char *login)
{
    return (struct user_id){ kit_number(k, str_fmt(&k->arena, "SELECT id FROM account WHERE login = '%s'", login).p) };
}

struct str
kit_enc(struct kit *k, const char *text)
{
    struct buf b = { .arena = &k->arena };
    put_url_cstr(&b, text);
    return buf_str(&b);
}

int64_t
kit_id_in(struct str location, const char *prefix)
{
    struct str p = str_of(prefix), rest = location;
    int64_t id = 0;
    if (!str_starts(location, p)) return 0;
    rest = (struct str){ location.p + p.n, location.n - p.n };
    struct str number = str_cut(&rest, '/');
    number = str_cut(&number, '?');
    return str_int(str_cut(&number, '#'), &id) ? id : 0;
}

bool
kit_has(struct kit_reply r, const char *text)
{
    return str_has(r.body, str_of(text));
}

/* A session of the user without the detour over the sign-in page. */
static struct str
sign_in(struct kit *k, const char *login)
{
    char hash[65];
    unsigned char raw[32];
    struct str secret = str_fmt(&k->arena, "secret-of-%s", login);
    crypto_generichash(raw, sizeof raw, (const unsigned char *)secret.p, secret.n, NULL, 0);
    sodium_bin2hex(hash, sizeof hash, raw, sizeof raw);
    if (kit_number(k, str_fmt(&k->arena, "SELECT id FROM session WHERE secret_hash = '%s' AND ended_at IS NULL", hash).p) == 0)
        run_sql(k, str_fmt(&k->arena, "DELETE FROM session WHERE secret_hash = '%s';"
            "INSERT INTO session (id, secret_hash, account_id, started_at, seen_at, expires_at, ip, agent)"
            " SELECT %lld, '%s', id, 0, 9000000000000, 9000000000000, '', '' FROM account WHERE login = '%s'",
            hash, (long long)id_next(0), hash, login).p);
    return secret;
}

static struct rq *
request(struct kit *k, const char *login, enum method method, const char *path_and_query)
{
    struct rq *rq = NEW(&k->arena, struct rq, 1);
    struct str rest = str_of(path_and_query), secret = login ? sign_in(k, login) : NO_STR;
    *rq = (struct rq){ .arena = &k->arena, .db = k->db, .method = method, .ip = STR("127.0.0.1"), .agent = STR("kit") };
    rq->body = (struct buf){ .arena = &k->arena, .rq = rq };
    rq->path = str_cut(&rest, '?');
    if (!url_decode(&k->arena, rq->path, false, &rq->path)) log_fatal("kit: bad path %s", path_and_query);
    rq->query = rest.p ? rest : STR("");
    rq->cookie = login ? str_fmt(&k->arena, "nuan=%.*s", FMT(secret)) : str_of(k->cookie);
    rq->json = k->json;
    rq->bearer = str_of(k->bearer);
    rq->once = str_of(k->once);
    rq->seen = str_of(k->seen);
    if (str_has(rq->query, STR("lang=en"))) rq->lang = rq->body.lang = LANG_EN;
    return rq;
}

static struct kit_reply
answer(struct kit *k, struct rq *rq)
{
    enum http status = gate_route(rq);
    if (status != HTTP_OK) return (struct kit_reply){ .status = gate_fail(rq, status), .body = buf_str(&rq->body) };
    if (rq->route->before != NULL && rq->method == METHOD_POST) {
        db_begin(k->db, &k->arena, DB_READ);
        if (gate_check(rq) == HTTP_OK) rq->route->before(rq);
        db_rollback(k->db);
        rq->errors = NULL;
        rq->location = NO_STR;
    }
    must(k, ids_refill(k->db), "ids");
    db_begin(k->db, &k->arena, gate_reads(rq->route) ? DB_READ : DB_WRITE);
    status = gate_run(rq);
    if (status < 400) gate_finish(rq);
    if (!gate_reads(rq->route) && (status < 400 || rq->keep) && !k->dry) must(k, db_commit(k->db), rq->route->path);
    else db_rollback(k->db);
    if ((rq->reads != NULL || rq->given != NULL) && status < 400 && !k->dry) {
        kit_begin(k);
        gate_audit_reads(k->db, rq);
        kit_commit(k);
    }
    return (struct kit_reply){ status, buf_str(&rq->body), rq->location, rq->cookies, rq->type, rq->file, rq->download, rq->etag };
}

struct kit_reply
kit_get(struct kit *k, const char *login, const char *path_and_query)
{
    struct rq *rq = request(k, login, METHOD_GET, path_and_query);
    struct params ps = { 0 };
    if (!params_parse(&k->arena, &ps, rq->query)) log_fatal("kit: bad query %s", path_and_query);
    rq->params = ps.all;
    rq->params_n = ps.n;
    return answer(k, rq);
}

static struct rq *
post(struct kit *k, const char *login, const char *path, const char *params)
{
    struct rq *rq = request(k, login, METHOD_POST, path);
    struct params ps = { 0 };
    if (!params_parse(&k->arena, &ps, rq->query) || !params_parse(&k->arena, &ps, str_of(params))) log_fatal("kit: bad parameters %s", params);
    struct str secret = login ? sign_in(k, login) : STR("");
    params_add(&k->arena, &ps, STR("csrf"), csrf_of(&k->arena, secret));
    rq->params = ps.all;
    rq->params_n = ps.n;
    return rq;
}

struct kit_reply
kit_post(struct kit *k, const char *login, const char *path, const char *params)
{
    return answer(k, post(k, login, path, params));
}

struct kit_reply
kit_given(struct kit *k, const char *login, const char *path)
{
    return kit_post(k, login, path, "give_purpose=internal");
}

struct kit_reply
kit_upload(struct kit *k, const char *login, const char *path, const char *params, const char *field, const char *filename,
           struct str bytes)
{
    struct rq *rq = post(k, login, path, params);
    struct upload *u = NEW(&k->arena, struct upload, 1);
    struct str at = str_fmt(&k->arena, "%s/upload-XXXXXX", k->dir);
    int fd = mkstemp((char *)(uintptr_t)at.p);
    if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n) log_fatal("kit: cannot write %s", at.p);
    close(fd);
    *u = (struct upload){ str_of(field), str_of(filename), STR("application/octet-stream"), at, (int64_t)bytes.n };
    rq->uploads = u;
    rq->uploads_n = 1;
    struct kit_reply r = answer(k, rq);
    unlink(at.p);
    return r;
}

const char *
kit_told(struct kit *k, struct str bytes, const char *command)
{
    char line[400], piece[4096], path[100];
    struct buf out = { .arena = &k->arena };
    snprintf(path, sizeof path, "%s/told", k->dir);
    FILE *f = fopen(path, "wb");
    bool ok = f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    if (f == NULL || fclose(f) != 0 || !ok) log_fatal("kit: cannot write %s", path);
    struct str rest = str_of(command), before = str_cut(&rest, '%');
    snprintf(line, sizeof line, "%.*s%s%.*s", FMT(before), path, rest.n ? (int)rest.n - 1 : 0, rest.n ? rest.p + 1 : "");
    f = popen(line, "r");
    for (size_t n; f != NULL && (n = fread(piece, 1, sizeof piece, f)) > 0;) put(&out, piece, n);
    if (f == NULL || pclose(f) != 0) log_fatal("kit: %s failed", line);
    return str_z(&k->arena, buf_str(&out));
}
