#ifndef NUAN_AUTH_MODULE_H
#define NUAN_AUTH_MODULE_H
#include "http/route.h"
extern const struct module auth_module;
#endif
