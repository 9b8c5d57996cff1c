#include "db/ids.h"
#include "db/ids_sql.h"
#include <pthread.h>

enum { BLOCK = 1 << 20 };

bool
ids_refill(struct db *db)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct arena a = { 0 };
    struct ids_take_row block;
    bool ok = true;

    pthread_mutex_lock(&lock);
    if (ids_left() < BLOCK / 2) {
        db_begin(db, &a, DB_WRITE);
        bool taken = ids_take(db, &block, BLOCK);
        ok = db_commit(db) && taken;
        if (ok) ids_give(block.next - BLOCK, block.next);
        arena_clear(&a);
    }
    pthread_mutex_unlock(&lock);
    return ok;
}
