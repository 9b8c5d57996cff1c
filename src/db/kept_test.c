/* Kept answers: the same as the database's own at every moment, whoever has written in between. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <cmocka.h>
#include "db/db.h"

struct in { int64_t least; struct str name; };
struct row { int64_t total; };
static const struct db_slot in_slots[] = { { "least", DB_INT, false, offsetof(struct in, least) }, { "name", DB_TEXT, true, offsetof(struct in, name) } };
static const struct db_slot out_slots[] = { { "total", DB_INT, false, 0 } };
static const struct db_part filters[] = { { .name = "name", .sql = { "name = ?2", "name = $2" } } };
static const char count_sql[] = "SELECT count(*) FROM thing WHERE size >= ?1 \1";
static const struct db_query count_query = {
    .name = "count", .sql = { count_sql, count_sql }, .in = in_slots, .in_n = 2, .out = out_slots, .out_n = 1,
    .row_size = sizeof(struct row), .filters = filters, .filters_n = 1, .kept = true,
};

static struct db *reader, *writer;
static struct arena arena;
static char path[64];

static int
begin(void **state)
{
    (void)state;
    snprintf(path, sizeof path, "/tmp/nuan-kept-%d.db", (int)getpid());
    writer = db_open(path);
    reader = db_open(path);
    assert_true(db_exec(writer, "CREATE TABLE thing (size INTEGER, name TEXT); INSERT INTO thing VALUES (1, 'a'), (2, 'b'), (3, 'b')"));
    return 0;
}

static int
end(void **state)
{
    (void)state;
    db_close(reader);
    db_close(writer);
    arena_clear(&arena);
    for (const char *const *tail = (const char *const[]){ "", "-wal", "-shm", NULL }; *tail; tail++) {
        char file[96];
        snprintf(file, sizeof file, "%s%s", path, *tail);
        remove(file);
    }
    return 0;
}

static int64_t
count(struct db *db, int64_t least, const char *name)
{
    struct in in = { least, name ? str_of(name) : NO_STR };
    void *rows;
    db_begin(db, &arena, DB_READ);
    size_t n = db_run_list(db, &count_query, name ? 1 : 0, 0, &in, &rows);
    int64_t total = n ? ((struct row *)rows)->total : -1;
    assert_true(db_commit(db));
    return total;
}

static void
an_answer_follows_what_another_connection_commits(void **state)
{
    (void)state;
    assert_int_equal(count(reader, 2, NULL), 2);
    assert_int_equal(count(reader, 2, NULL), 2);
    assert_true(db_exec(writer, "INSERT INTO thing VALUES (9, 'c')"));
    assert_int_equal(count(reader, 2, NULL), 3);
    assert_true(db_exec(writer, "DELETE FROM thing WHERE size = 9"));
    assert_int_equal(count(reader, 2, NULL), 2);
}

static void
an_answer_follows_what_the_connection_itself_writes(void **state)
{
    (void)state;
    assert_int_equal(count(writer, 0, NULL), 3);
    db_begin(writer, &arena, DB_WRITE);
    assert_true(db_exec(writer, "INSERT INTO thing VALUES (5, 'd')"));
    assert_true(db_commit(writer));
    assert_int_equal(count(writer, 0, NULL), 4);
    assert_true(db_exec(writer, "DELETE FROM thing WHERE size = 5"));
    assert_int_equal(count(writer, 0, NULL), 3);
}

static void
what_is_rolled_back_is_not_in_the_answer(void **state)
{
    (void)state;
    assert_int_equal(count(reader, 0, NULL), 3);
    db_begin(writer, &arena, DB_WRITE);
    assert_true(db_exec(writer, "DELETE FROM thing"));
    assert_int_equal(count(reader, 0, NULL), 3);
    db_rollback(writer);
    assert_int_equal(count(reader, 0, NULL), 3);
}

static void
other_inputs_and_filters_have_answers_of_their_own(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        assert_int_equal(count(reader, 0, "b"), 2);
        assert_int_equal(count(reader, 0, "a"), 1);
        assert_int_equal(count(reader, 3, "b"), 1);
        assert_int_equal(count(reader, 0, ""), 0);
        assert_int_equal(count(reader, 0, NULL), 3);
    }
}

static void
long_inputs_are_answered_too(void **state)
{
    (void)state;
    char name[400];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(count(reader, 0, name), 0);
    assert_int_equal(count(reader, 0, name), 0);
}

/* A transaction sees one moment of the database, and so does what is kept. */
static void
inside_a_transaction_the_answer_stays_that_of_its_snapshot(void **state)
{
    (void)state;
    struct in in = { 0, NO_STR };
    void *rows;
    db_begin(reader, &arena, DB_READ);
    assert_int_equal(db_run_list(reader, &count_query, 0, 0, &in, &rows), 1);
    assert_int_equal(((struct row *)rows)->total, 3);
    assert_true(db_exec(writer, "INSERT INTO thing VALUES (7, 'e')"));
    assert_int_equal(db_run_list(reader, &count_query, 0, 0, &in, &rows), 1);
    assert_int_equal(((struct row *)rows)->total, 3);
    assert_true(db_commit(reader));
    assert_int_equal(count(reader, 0, NULL), 4);
    assert_true(db_exec(writer, "DELETE FROM thing WHERE size = 7"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_follows_what_another_connection_commits),
        cmocka_unit_test(an_answer_follows_what_the_connection_itself_writes),
        cmocka_unit_test(what_is_rolled_back_is_not_in_the_answer),
        cmocka_unit_test(other_inputs_and_filters_have_answers_of_their_own),
        cmocka_unit_test(long_inputs_are_answered_too),
        cmocka_unit_test(inside_a_transaction_the_answer_stays_that_of_its_snapshot),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
