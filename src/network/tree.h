#ifndef NUAN_TREE_H
#define NUAN_TREE_H
#include "http/route.h"

extern const struct route tree_routes[], place_routes[], change_routes[];
extern const size_t tree_routes_n, place_routes_n, change_routes_n;
#endif
