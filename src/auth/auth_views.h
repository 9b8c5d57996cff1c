/* What the views of this folder show. */
#ifndef NUAN_AUTH_VIEWS_H
#define NUAN_AUTH_VIEWS_H
#include "auth/session_sql.h"
#include "auth/token_sql.h"
#include "auth/user_sql.h"
#include "form/form.h"
#include "view/view.h"

struct session_page { struct session_list_row *rows; size_t n; struct session_id mine; };
struct token_page { struct token_list_row *rows; size_t n; struct str secret; const struct form *form; struct form_source from; };
struct login_page { struct str next, login; const char *why; bool second; };       /* second: asks for the code instead */
struct user_page { struct user_list_row *rows; size_t n; struct str first_password, first_login; };
struct user_form_page { const struct form *form; struct form_source from; struct user_id id; bool first; };
#endif
