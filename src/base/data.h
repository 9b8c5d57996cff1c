/* The files under data/: code tables, forms, catalogues, profiles, roles.  Read while the program starts. */
#ifndef NUAN_DATA_H
#define NUAN_DATA_H
#include "base/arena.h"
#include "base/str.h"

/* Reads from this folder; NULL: from the environment variable NUAN_DATA, else what is compiled in. */
void data_dir_set(const char *dir);

/* The bytes of a data file ("codes/sex.json"), kept until the program ends; NO_STR when there is none. */
struct str data_file(const char *path);

/* The paths of the files directly in a folder ("codes/"), sorted; 0 when there is none. */
size_t data_files(struct arena *a, const char *prefix, struct str **names);
#endif
