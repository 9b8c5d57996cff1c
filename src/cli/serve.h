#ifndef NUAN_SERVE_H
#define NUAN_SERVE_H
#include "cli/cli.h"
#include "http/gate.h"

/* What main puts together: the modules, and what they hang into the gate. */
struct serve_parts { const struct module *const *modules; size_t modules_n; const struct gate_hooks *hooks; };
void serve_with(const struct serve_parts *parts);
extern const struct command serve_commands[];
#endif
