#include "htmlpos.h"
#include <ctype.h>
#include <stddef.h>
#include <string.h>

static const char *const url_attributes[] = {
    "href", "src", "action", "formaction", "poster", "cite", "data", "hx-get", "hx-post", "hx-put", "hx-patch",
    "hx-delete", "hx-push-url", "hx-replace-url",
};

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static bool
add(char *name, size_t size, char c)
{
    size_t n = strlen(name);
    if (n + 1 >= size) return false;
    name[n] = (char)tolower((unsigned char)c);
    name[n + 1] = '\0';
    return true;
}

/* The name of an attribute is complete. */
static const char *
attr_done(struct pos *p)
{
    if (strncmp(p->attr, "on", 2) == 0 || strncmp(p->attr, "hx-on", 5) == 0)
        return "no event handlers in views (strict CSP)";
    if (strcmp(p->attr, "style") == 0) return "no style attributes in views (strict CSP); use a class";
    if (strcmp(p->attr, "srcdoc") == 0) return "no srcdoc attributes in views";
    if (strcmp(p->attr, "src") == 0) p->src = true;
    return NULL;
}

static const char *
tag_end(struct pos *p)
{
    p->at = AT_TEXT;
    p->attr[0] = '\0';
    if (strcmp(p->tag, "style") == 0) return "no <style> in views (strict CSP); use a class";
    if (strcmp(p->tag, "script") != 0) return NULL;
    if (!p->src) return "no inline <script> in views (strict CSP)";
    p->at = AT_SCRIPT;
    return NULL;
}

static const char *
step_tag(struct pos *p, char c)
{
    bool glued = p->glued;
    p->glued = false;
    if (c == '>') return tag_end(p);
    p->attr[0] = '\0';
    if (blank(c) || c == '/') return NULL;
    if (glued) return "a blank is needed between a block and an attribute";
    if (c == '=') return "write attributes as name=\"value\", without blanks";
    if (c == '"' || c == '\'') return "quote without an attribute";
    p->at = AT_NAME;
    return add(p->attr, sizeof p->attr, c) ? NULL : "attribute name too long";
}

static const char *
step_name(struct pos *p, char c)
{
    if (c != '=' && c != '>' && c != '/' && !blank(c))
        return add(p->attr, sizeof p->attr, c) ? NULL : "attribute name too long";
    const char *why = attr_done(p);
    if (why) return why;
    if (c == '>') return tag_end(p);
    p->at = c == '=' ? AT_EQUALS : AT_TAG;
    return NULL;
}

static const char *
step_open(struct pos *p, char c)
{
    if (p->tag[0] == '\0' && blank(c)) return "write &lt; for a '<' in text";
    if (p->tag[0] == '\0' && c == '!') { p->at = AT_COMMENT; p->tag[0] = '!'; p->tag[1] = '\0'; return NULL; }
    if (c == '>') return tag_end(p);
    if (blank(c)) { p->at = AT_TAG; return NULL; }
    return add(p->tag, sizeof p->tag, c) ? NULL : "tag name too long";
}

static const char *
step_value(struct pos *p, char c)
{
    char end = p->at == AT_DOUBLE ? '"' : '\'';
    if (p->at == AT_UNQUOTED && c == '>') return tag_end(p);
    if (p->at == AT_UNQUOTED ? !blank(c) : c != end) return NULL;
    p->at = AT_TAG;
    p->attr[0] = '\0';
    p->glued = false;
    return NULL;
}

/* "<!--" ends at "-->", any other "<!" at ">". */
static const char *
step_comment(struct pos *p, char c)
{
    if (p->tag[1] != '-' && c == '-' && p->last[1] == '!') add(p->tag, sizeof p->tag, c);
    if (c == '>' && (p->tag[1] != '-' || (p->last[0] == '-' && p->last[1] == '-'))) p->at = AT_TEXT;
    return NULL;
}

const char *
pos_step(struct pos *p, char c)
{
    const char *why = NULL;
    switch (p->at) {
    case AT_TEXT:
        if (c != '<') break;
        p->at = AT_OPEN;
        p->tag[0] = p->attr[0] = '\0';
        p->src = p->glued = false;
        break;
    case AT_SCRIPT:
        if (blank(c)) break;
        if (c != '<') return "no inline <script> in views (strict CSP)";
        p->at = AT_OPEN;
        p->tag[0] = '\0';
        break;
    case AT_OPEN: why = step_open(p, c); break;
    case AT_TAG: why = step_tag(p, c); break;
    case AT_NAME: why = step_name(p, c); break;
    case AT_EQUALS:
        if (c == '>' || blank(c)) return "attribute without a value";
        p->at = c == '"' ? AT_DOUBLE : c == '\'' ? AT_SINGLE : AT_UNQUOTED;
        break;
    case AT_UNQUOTED: case AT_DOUBLE: case AT_SINGLE: why = step_value(p, c); break;
    case AT_COMMENT: why = step_comment(p, c); break;
    }
    p->last[0] = p->last[1];
    p->last[1] = c;
    return why;
}

const char *
pos_block(struct pos *p)
{
    const char *why = NULL;
    switch (p->at) {
    case AT_TEXT: case AT_DOUBLE: case AT_SINGLE: return NULL;
    case AT_OPEN:
        if (p->tag[0] == '\0') return "a block cannot begin inside a tag's name";
        break;
    case AT_NAME: why = attr_done(p); break;
    case AT_TAG: break;
    case AT_EQUALS: case AT_UNQUOTED: return "a block cannot stand in an unquoted attribute";
    case AT_COMMENT: return "a block cannot stand in an HTML comment; use {{# …}}";
    case AT_SCRIPT: return "a block cannot stand in <script>";
    }
    p->glued = p->at != AT_TAG || p->glued || !blank(p->last[1]);
    p->at = AT_TAG;
    p->attr[0] = '\0';
    return why;
}

const char *
pos_value(const struct pos *p)
{
    switch (p->at) {
    case AT_TEXT: case AT_DOUBLE: case AT_SINGLE: return NULL;
    case AT_OPEN: return "a value cannot stand in a tag's name";
    case AT_TAG: case AT_NAME: return "a value cannot stand in an attribute's name";
    case AT_EQUALS: case AT_UNQUOTED: return "a value needs a quoted attribute";
    case AT_COMMENT: return "a value cannot stand in an HTML comment";
    case AT_SCRIPT: return "a value cannot stand in <script>";
    }
    return NULL;
}

bool
pos_in_attribute(const struct pos *p)
{
    return p->at == AT_DOUBLE || p->at == AT_SINGLE;
}

bool
pos_is_url(const struct pos *p)
{
    for (size_t i = 0; pos_in_attribute(p) && i < sizeof url_attributes / sizeof *url_attributes; i++)
        if (strcmp(p->attr, url_attributes[i]) == 0) return true;
    return false;
}

bool
pos_same(const struct pos *a, const struct pos *b)
{
    if (a->at != b->at) return false;
    return a->at == AT_TEXT || (strcmp(a->tag, b->tag) == 0 && strcmp(a->attr, b->attr) == 0);
}
