/* nuan rules …, nuan profile … */
#ifndef NUAN_RULES_COMMAND_H
#define NUAN_RULES_COMMAND_H
#include "cli/cli.h"

extern const struct command rules_commands[];
#endif
