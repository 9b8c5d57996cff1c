#ifndef NUAN_SEARCH_MODULE_H
#define NUAN_SEARCH_MODULE_H
#include "http/route.h"
extern const struct module search_module;
#endif
