/* Files and photos that are attached to something.  The bytes lie in a folder under the hash of their content; who they belong to
 * stands in the tables of the parts (case_file, proof_file). */
#ifndef NUAN_ATTACH_H
#define NUAN_ATTACH_H
#include "http/rq.h"

enum { ATTACH_MAX = 10 << 20 };         /* bytes of one file */

/* Attachments lie in the folder "files" of the program's work folder; set once at start. */
void attach_dir_set(const char *work_dir);
struct str attach_path(struct arena *a, struct str hash);
struct str attach_hash(struct arena *a, const char *path);      /* of a file's bytes; NO_STR when it cannot be read */

/* Keeps an uploaded file.  NULL, or why not: T(). */
struct attached { struct str hash, type; };
const char *attach_keep(struct rq *rq, const struct upload *u, struct attached *out);
#endif
