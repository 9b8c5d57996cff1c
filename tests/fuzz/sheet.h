/* A list is read row by row, as an import does. */
#ifndef NUAN_FUZZ_SHEET_H
#define NUAN_FUZZ_SHEET_H
#include "fuzz.h"

/* Reads the bytes as a file; aborts when a cell breaks the reader's promises. */
void fuzz_sheet_read(struct str file);
#endif
