#ifndef NUAN_SERVE_H
#define NUAN_SERVE_H
#include "cli/cli.h"
#include "http/gate.h"

/* What is served: the modules, and what they hang into the gate.  Before cli_main. */
void serve_with(const struct module *const *modules, size_t n, const struct gate_hooks *hooks);
int serve_command(struct cli *c);        /* what "nuan serve" does */
extern const struct command serve_commands[];
extern const struct command spread_commands[];
#endif
