/* place DIR -- makes the kit's small network, with cases whose records wait for a photo, in DIR (SQLite: DIR/nuan.db; else the
 * database of NUAN_TEST_DB).  Prints JSON: who may sign in by which cookie, and where photos go. */
#include "files/attach.h"
#include "http/csrf.h"
#include "seal/seal.h"
#include "test/cases.h"
#include <sys/wait.h>

enum { CASES = 20 };

static struct kit *k;

static void
run(const char *command)
{
    int status = system(command);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) die("failed: %s", command);
}

/* Where a photo of each case goes, with everything else that the form asks for. */
static void
print_forms(void)
{
    for (int i = 0; i < CASES; i++) {
        struct opened o = case_made(k, "worker_a", at(k, "张%c", 'a' + i), "1950-01-01");
        case_to(k, "worker_a", o.id, "intervention");
        int64_t form = case_begin(k, "worker_a", o.id, "E");
        struct sheet e = sheet_of(k, "E");
        printf("%s\n  {\"path\": \"/cases/%lld/forms/%lld\", \"case\": \"%lld\", \"params\": \"%s&version=1&do=draft\"}", i ? "," : "",
               (long long)o.id, (long long)form, (long long)o.id, sheet_params(&e));
    }
}

int
main(int argc, char **argv)
{
    if (argc != 2) die("usage: place DIR");
    k = kit_open();
    attach_dir_set(k->dir);
    struct str csrf = csrf_of(&k->arena, STR("secret-of-worker_a"));
    printf("{\"cookie\": \"nuan=secret-of-worker_a\", \"csrf\": \"%.*s\", \"photos\": [", FMT(csrf));
    print_forms();
    puts("]}");
    if (!seal_bind(k->db)) die("the key cannot be bound");
    bool sqlite = db_driver(k->db) == DB_SQLITE;
    db_close(k->db);
    k->db = NULL;
    run(at(k, "mkdir -p %s && cp %s/key %s/nuan.key", argv[1], k->dir, argv[1]));
    if (sqlite) run(at(k, "cp %s/test.db %s/nuan.db", k->dir, argv[1]));
    kit_close(k);
    return 0;
}
