/* Files and photos of a form.  The bytes lie in a folder under the hash of their content. */
#ifndef NUAN_ATTACH_H
#define NUAN_ATTACH_H
#include "casework/case_views.h"

enum { ATTACH_MAX = 10 << 20 };         /* bytes of one file */

/* Attachments lie in the folder "files" of the program's work folder; set once at start. */
void attach_dir_set(const char *work_dir);
struct str attach_path(struct arena *a, struct str hash);
struct str attach_hash(struct arena *a, const char *path);      /* of a file's bytes; NO_STR when it cannot be read */

/* Keeps what was uploaded with the form.  A file that is too large or of a kind that is not allowed becomes an error of
 * the form; false when there was one. */
bool attach_uploads(struct rq *rq, struct casefile *k, const struct doc_page *v, struct doc_result *r);
#endif
