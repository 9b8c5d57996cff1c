/* Looking after an installation: backup, restore, check. */
#ifndef NUAN_OPERATE_H
#define NUAN_OPERATE_H
#include "cli/cli.h"

extern const struct command operate_commands[];
#endif
