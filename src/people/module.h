#ifndef NUAN_PEOPLE_MODULE_H
#define NUAN_PEOPLE_MODULE_H
#include "http/route.h"
extern const struct module people_module;
#endif
