/* The description of the interface for programs, made from the route table: what each address takes and answers. */
#ifndef NUAN_API_H
#define NUAN_API_H
#include "http/route.h"
extern const struct module api_module;
#endif
