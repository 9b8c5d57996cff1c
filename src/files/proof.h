/* Proof: scans, photos and receipts on a record of any kind (entries of ledgers, referrals, reports).  Who reads the record reads
 * them; who may change it adds them and takes them away.
 *
 * A kind of record says how one of its records is found (its route's scope has already asked whether the user may be there) and
 * gets its four routes by PROOF_PART:
 *
 *     static bool mine(struct rq *rq, struct proof_owner *out) { … }
 *     PROOF_PART(mine)
 *     const struct route thing_proof_routes[] = { PROOF_ROUTES("/things/:thing", "file", THING_READ, THING_WRITE, thing_scope) };
 */
#ifndef NUAN_PROOF_H
#define NUAN_PROOF_H
#include "http/rq.h"
#include "view/view.h"

struct proof_list_row;
struct proof_owner {
    const char *kind;                   /* as in the table: "entry" */
    int64_t area, id;
    struct url path;                    /* of its page: "/things/12" */
    struct str note;                    /* of the audit rows */
    const char *hint;                   /* below the field: what is expected here; T() */
    bool may_write;
    struct user_id only;                /* who sees nothing but what he added himself; none: everybody who reads sees all */
    enum http (*show)(struct rq *rq);   /* the page, once more, with what was wrong */
    void (*note_read)(struct rq *rq);   /* a reading of a file is noted; NULL: it need not be */
    const struct proof_list_row *rows;  /* filled by proof_card */
    size_t n;
};
typedef bool proof_finder(struct rq *rq, struct proof_owner *out);       /* false: there is no such record for him */

/* The card on the page of the record; nothing when there is no proof and he may add none. */
void proof_card(struct buf *o, struct rq *rq, struct proof_owner *owner);

enum http proof_add(struct rq *rq, proof_finder *find);
enum http proof_download(struct rq *rq, proof_finder *find);
enum http proof_strike(struct rq *rq, proof_finder *find);
enum http proof_unstrike(struct rq *rq, proof_finder *find);

#define PROOF_PART(find) \
    static enum http files_add(struct rq *rq) { return proof_add(rq, find); } \
    static enum http files_get(struct rq *rq) { return proof_download(rq, find); } \
    static enum http files_strike(struct rq *rq) { return proof_strike(rq, find); } \
    static enum http files_unstrike(struct rq *rq) { return proof_unstrike(rq, find); }
/* word: of the file in the path, as "evidence" in "/reports/:report/files/:evidence". */
#define PROOF_ROUTES(path, word, read, write, in_scope) \
    POST(path "/files", write, files_add, .scope = in_scope, .form = &no_fields, .upload = true, .title = T("上传证明材料")), \
    GET(path "/files/:" word, read, files_get, .scope = in_scope, .title = T("证明材料")), \
    POST(path "/files/:" word "/void", write, files_strike, .scope = in_scope, .form = &no_fields, .title = T("拿掉证明材料")), \
    POST(path "/files/:" word "/restore", write, files_unstrike, .scope = in_scope, .form = &no_fields, .title = T("撤销拿掉证明材料"))
#endif
