/* Live figures of a unit and what lies below it, for a period: numbers only, never names or notes. */
#ifndef NUAN_FIGURES_H
#define NUAN_FIGURES_H
#include "http/route.h"

extern const struct module figures_module;
#endif
