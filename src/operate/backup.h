/* nuan backup and nuan restore: the database and the attachments in one file (operate/bundle.h), never the key. */
#ifndef NUAN_BACKUP_H
#define NUAN_BACKUP_H
#include "operate/manifest.h"

struct backup {
    const char *db_url, *dir;           /* of the program */
    const char *file;                   /* the backup */
    struct str secret;                  /* NO_STR: not sealed */
    bool force;                         /* restore: over what is there */
    bool quiet;                         /* no progress */
    struct manifest m;                  /* what was written or read */
    int64_t bytes;                      /* of the file */
    int64_t missing;                    /* attachments that the database names and the folder lacks */
    char why[400];                      /* of a failure */
};

/* Copies while servers write.  The file gets its name when it is whole, on disk and read again.  False: b->why, no file. */
bool backup_make(struct arena *a, struct backup *b);

/* Reads all of a backup and compares it with its manifest. */
bool backup_verify(struct arena *a, struct backup *b);

/* Into an empty database and a folder; after backup_verify.  False: b->why; the database is as it was. */
bool backup_restore(struct arena *a, struct backup *b);

/* Removes what a plan does not keep from a folder of backups: of the last so many days, weeks and months that have one, the
 * newest each.  Only files named by backup_name.  Returns how many it removed; -1: the folder cannot be read. */
struct keep { int64_t days, weeks, months; };
int backups_prune(const char *folder, const struct keep *keep);
struct str backup_name(struct arena *a, struct instant at);     /* "nuan-20261122-031500.backup", Asia/Shanghai */

bool backup_fail(struct backup *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));      /* keeps the first; false */
void backup_say(const struct backup *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
#endif
