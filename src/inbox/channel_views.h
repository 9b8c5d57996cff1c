#ifndef NUAN_CHANNEL_VIEWS_H
#define NUAN_CHANNEL_VIEWS_H
#include "form/draw.h"
#include "inbox/courier_sql.h"
#include "inbox/inbox.h"

struct channel_page {
    struct rq *rq;
    struct form_source mail, webhook, address;
    const struct mail_list_row *rows;
    size_t rows_n;
    const struct message_troubles_row *last;
    size_t last_n;
    bool on;                            /* is there a way out at all? */
};
extern const struct form channel_mail_form, channel_webhook_form, channel_address_form;
#endif
