#include "cli/lock.h"
#include "db/db.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

/* A file beside the database, because closing any descriptor of the database itself would drop SQLite's own locks. */
bool
server_lock(const char *db_url)
{
    struct arena a = { 0 };
    if (db_url_is_postgres(db_url)) return true;
    struct str path = str_fmt(&a, "%s.lock", db_url);
    int fd = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) die("cannot open %s: %s", path.p, strerror(errno));
    bool mine = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (!mine && errno != EWOULDBLOCK) die("cannot lock %s: %s", path.p, strerror(errno));
    if (!mine) close(fd);               /* else it stays open as long as the program runs */
    arena_clear(&a);
    return mine;
}
