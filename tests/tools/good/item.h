#ifndef ITEM_H
#define ITEM_H
#include "view/view.h"
struct item { struct str name; int64_t id; bool done; };
#endif
