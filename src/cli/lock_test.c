/* One server on one file; the lock goes with its process. */
#include <stdint.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include "base/base.h"
#include "cli/lock.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void
the_second_is_refused_until_the_first_is_gone(void **state)
{
    char dir[] = "/tmp/nuan-lock-XXXXXX", file[64], lock[80], byte;
    int ready[2];
    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(file, sizeof file, "%s/nuan.db", dir);
    snprintf(lock, sizeof lock, "%s.lock", file);
    assert_int_equal(pipe(ready), 0);
    pid_t first = fork();
    if (first == 0) {
        byte = server_lock(file) ? 'y' : 'n';
        if (write(ready[1], &byte, 1) == 1) pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_false(server_lock(file));
    assert_true(server_lock("postgresql:///many"));
    kill(first, SIGKILL);
    waitpid(first, NULL, 0);
    assert_true(server_lock(file));
    unlink(lock);
    rmdir(dir);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_second_is_refused_until_the_first_is_gone) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
