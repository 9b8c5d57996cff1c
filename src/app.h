/* The whole program put together; main and the tests use the same. */
#ifndef NUAN_APP_H
#define NUAN_APP_H
#include "cli/cli.h"
#include "http/gate.h"

extern const struct module *const app_modules[];
extern const size_t app_modules_n;
extern const struct gate_hooks app_hooks;
extern const struct command *const app_commands[];
extern const size_t app_commands_n;
#endif
