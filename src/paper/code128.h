/* Code 128 (ISO/IEC 15417) of a short text in code set B: case numbers that a scanner reads. */
#ifndef NUAN_CODE128_H
#define NUAN_CODE128_H
#include "base/base.h"

enum { CODE128_TEXT_MAX = 40, CODE128_BARS_MAX = (CODE128_TEXT_MAX + 3) * 6 + 1 };

/* Widths in modules, beginning with a bar, bars and spaces in turn.  0: the text is empty, too long or not ASCII. */
size_t code128(struct str text, uint8_t widths[CODE128_BARS_MAX]);
#endif
