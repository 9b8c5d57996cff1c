#ifndef NUAN_ROSTER_MODULE_H
#define NUAN_ROSTER_MODULE_H
#include "cli/cli.h"
#include "http/route.h"
extern const struct module roster_module;
extern const struct command roster_commands[];
#endif
