/* A JSON object as the parameters of a form: {"name": "王", "ids": [1, 2], "goals": [{"text": "…"}]} is name, ids twice and
 * goals.0.text, as a browser would send them. */
#include "http/params.h"
#include <jansson.h>

enum { DEPTH_MAX = 4 };

static bool take(struct arena *a, struct params *ps, struct str name, const json_t *v, int depth);

static bool
take_object(struct arena *a, struct params *ps, struct str name, const json_t *v, int depth)
{
    const char *key;
    json_t *one;
    json_object_foreach((json_t *)(uintptr_t)v, key, one)
        if (!take(a, ps, name.n ? str_fmt(a, "%.*s.%s", FMT(name), key) : str_fmt(a, "%s", key), one, depth + 1)) return false;
    return true;
}

static bool
take_array(struct arena *a, struct params *ps, struct str name, const json_t *v, int depth)
{
    for (size_t i = 0; i < json_array_size(v); i++) {
        const json_t *one = json_array_get(v, i);
        struct str at = json_is_object(one) ? str_fmt(a, "%.*s.%zu", FMT(name), i) : name;
        if (json_is_array(one) || !take(a, ps, at, one, depth + 1)) return false;
    }
    return true;
}

static bool
take(struct arena *a, struct params *ps, struct str name, const json_t *v, int depth)
{
    if (depth > DEPTH_MAX || ps->n >= PARAMS_MAX) return false;
    switch (json_typeof(v)) {
    case JSON_OBJECT: return take_object(a, ps, name, v, depth);
    case JSON_ARRAY: return take_array(a, ps, name, v, depth);
    case JSON_STRING: {
        struct str text = { json_string_value(v), json_string_length(v) };
        if (!text_clean(text)) return false;
        params_add(a, ps, name, str_dup(a, text));
        return true;
    }
    case JSON_INTEGER: params_add(a, ps, name, str_fmt(a, "%lld", (long long)json_integer_value(v))); return true;
    case JSON_REAL: params_add(a, ps, name, str_fmt(a, "%.15g", json_real_value(v))); return true;
    case JSON_TRUE: params_add(a, ps, name, STR("1")); return true;
    case JSON_FALSE: case JSON_NULL: return true;
    }
    return false;
}

static void
release(void *v)
{
    json_decref(v);
}

bool
params_json(struct arena *a, struct params *ps, struct str text)
{
    json_t *v = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    if (v == NULL) return false;
    arena_defer(a, release, v);
    return json_is_object(v) && take(a, ps, STR(""), v, 0);
}
