/* The pages of rules: lamps, matrix, facts, and the rules themselves. */
#ifndef NUAN_RULES_MODULE_H
#define NUAN_RULES_MODULE_H
#include "http/route.h"

extern const struct module rules_module;
#endif
