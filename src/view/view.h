/* Printing HTML.  What a value's C type is decides how it is escaped; only struct html prints raw.
 * Views are written in .html files and compiled by tmplc (docs/views.md). */
#ifndef NUAN_VIEW_H
#define NUAN_VIEW_H
#include "base/base.h"

/* Markup that is already safe. */
struct html { struct str s; };

/* A literal that users see: Chinese, translated through po/en.po.  T() only marks it for the build's check. */
#define T(zh) (zh)
const char *tr(enum lang lang, const char *zh);
struct str tr_fmt(struct arena *a, enum lang lang, const char *zh, ...);        /* %s %d … in the translated text */

void put_str(struct buf *, struct str);
void put_cstr(struct buf *, const char *);
void put_int(struct buf *, int64_t);
void put_size(struct buf *, size_t);
void put_real(struct buf *, double);
void put_date(struct buf *, struct date);
void put_instant(struct buf *, struct instant);
void put_money(struct buf *, struct money);
void put_html(struct buf *, struct html);
void put_bool(struct buf *, bool);                      /* 是 / 否 */
#define PUT(o, x) _Generic((x), struct str: put_str, struct html: put_html, struct date: put_date, \
    struct instant: put_instant, struct money: put_money, const char *: put_cstr, char *: put_cstr, \
    int: put_int, unsigned: put_int, int64_t: put_int, size_t: put_size, double: put_real, bool: put_bool)((o), (x))

/* Inside href, src, action, hx-get …: text is percent-encoded as one path segment or query value; a struct url
 * is a whole address made by url_fmt or url_of and is only HTML-escaped. */
struct url { struct str s; };
struct url url_of(const char *literal_path);
struct url url_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));  /* numbers and known words only */
void put_url_str(struct buf *, struct str);
void put_url_cstr(struct buf *, const char *);
void put_url_url(struct buf *, struct url);
#define PUT_URL(o, x) _Generic((x), struct str: put_url_str, const char *: put_url_cstr, char *: put_url_cstr, \
    struct url: put_url_url, int: put_int, unsigned: put_int, int64_t: put_int, size_t: put_size, struct date: put_date)((o), (x))

/* {{t 文字}} in a view: the translated literal, escaped. */
void put_tr(struct buf *, const char *zh);

/* A JSON string literal, quotes included (for data islands: <script type="application/json"> is not allowed in views,
 * so charts read data-* attributes that hold JSON, escaped as attribute text). */
void put_json_str(struct buf *, struct str);
#endif
