/* The last entry of a backup: what is in it. */
#ifndef NUAN_MANIFEST_H
#define NUAN_MANIFEST_H
#include "operate/backup_sql.h"
#include "operate/bundle.h"

enum { BACKUP_FORMAT = 1, MANIFEST_MAX = 1 << 20 };

struct manifest {
    struct str version;                 /* of nuan */
    struct str engine;                  /* sqlite, postgresql */
    struct str steps;                   /* of the schema, joined by blanks */
    struct str schema;                  /* the newest of them */
    struct str made_at;                 /* ISO, UTC */
    struct str profiles;                /* codes, joined by blanks */
    struct str data;                    /* SHA-256 of the data files (forms, code tables …) it was made with */
    struct str key;                     /* fingerprint of the key of sealed values; NO_STR: none yet */
    struct { int64_t size; char sum[65]; } database;
    struct { int64_t n, size; char sum[65]; } files;
    struct backup_counts_row counts;
};

struct str manifest_print(struct arena *a, const struct manifest *m);

/* False and *why: no manifest, or one of a newer format. */
bool manifest_parse(struct arena *a, struct str text, struct manifest *m, const char **why);

/* The first step that this program does not know; NO_STR when it knows all. */
struct str manifest_unknown(const struct manifest *m);

/* SHA-256 over the data files of this program or of --data, in hex. */
struct str manifest_data_sum(struct arena *a);
#endif
