/* The desk 工作台: what to do now, most urgent first, each row one click from being done. */
#ifndef NUAN_DESK_H
#define NUAN_DESK_H
#include "http/route.h"
extern const struct module desk_module;
#endif
