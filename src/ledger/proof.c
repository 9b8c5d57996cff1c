/* Proof of an entry: scans and receipts.  Who reads the entry reads them, who may change it adds them and takes them away. */
#include "audit/audit.h"
#include "files/attach.h"
#include "ledger/ledger_views.h"
#include "ledger/proof_html.h"
#include "ledger/proof_sql.h"

enum { PROOFS_MAX = 20 };

void
proof_card(struct buf *o, struct rq *rq, const struct ledger *l, const struct entry_get_row *row, bool may_write)
{
    struct proof_page v = { .rq = rq, .code = l->code, .entry = row->id, .may_write = may_write };
    v.n = proof_list(rq->db, &v.rows, row->area, row->id);
    if (v.n || may_write) proof_part(o, &v);
}

static const struct ledger *
writable(struct rq *rq, struct entry_get_row *row)
{
    return entry_load(rq, row) && !date_known(row->void_on) ? entry_writable(rq, row) : NULL;
}

static enum http
refused(struct rq *rq, const char *why)
{
    rq_invalid(rq, NULL, why);
    return entry_show(rq);
}

/* All files of one form are kept, or none is entered. */
static enum http
add(struct rq *rq)
{
    struct entry_get_row row;
    struct proof_count_row has;
    const struct ledger *l = writable(rq, &row);
    size_t found = 0;
    if (l == NULL) return HTTP_NOT_FOUND;
    struct attached *kept = NEW(rq->arena, struct attached, rq->uploads_n + 1);
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const char *why = rq->uploads[i].size ? attach_keep(rq, &rq->uploads[i], &kept[i]) : NULL;
        if (why != NULL) return refused(rq, why);
        found += rq->uploads[i].size > 0;
    }
    if (found == 0) return refused(rq, T("请选择文件。"));
    if (proof_count(rq->db, &has, row.area, row.id) && has.total + (int64_t)found > PROOFS_MAX)
        return refused(rq, T("一条记录最多20个证明材料。"));
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const struct upload *u = &rq->uploads[i];
        if (u->size == 0) continue;
        struct file_id id = { id_next(row.area) };
        proof_insert(rq->db, .area = row.area, .id = id, .entry = row.id, .name = u->filename, .type = kept[i].type, .size = u->size,
                     .hash = kept[i].hash, .by = rq->who.user, .at = instant_now());
        audit_note(rq, row.area, "attach", "entry", row.id.v, NULL, str_of(l->code));
    }
    return rq_done(rq, T("已保存"), "/ledgers/%s/%lld", l->code, (long long)row.id.v);
}

static enum http
download(struct rq *rq)
{
    struct entry_get_row row;
    struct proof_get_row f;
    if (!entry_load(rq, &row) || !proof_get(rq->db, &f, row.area, (struct file_id){ rq->ids[1] }, row.id)) return HTTP_NOT_FOUND;
    const struct ledger *l = ledger_find(row.ledger);
    struct shown s = SHOWN(l, &row);
    ledger_note_read(rq, l, &s, 1);
    rq->file = attach_path(rq->arena, f.hash);
    rq->type = f.type;
    rq->download = f.name;
    return HTTP_OK;
}

static enum http
strike(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l = writable(rq, &row);
    if (l == NULL || proof_void(rq->db, row.area, (struct file_id){ rq->ids[1] }, row.id, today()) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, row.area, "void", "entry_file", rq->ids[1], NULL, str_of(l->code));
    return rq_done_undo(rq, T("已拿掉"), str_fmt(rq->arena, "/ledgers/%s/%lld/files/%lld/restore", l->code, (long long)row.id.v, (long long)rq->ids[1]),
                        "/ledgers/%s/%lld", l->code, (long long)row.id.v);
}

static enum http
restore(struct rq *rq)
{
    struct entry_get_row row;
    const struct ledger *l = writable(rq, &row);
    if (l == NULL) return HTTP_NOT_FOUND;
    if (!audit_recent(rq, "void", "entry_file", rq->ids[1])) return rq_fail(rq, HTTP_CONFLICT, T("已超过可以撤销的时间。"));
    if (proof_restore(rq->db, row.area, (struct file_id){ rq->ids[1] }, row.id) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, row.area, "restore", "entry_file", rq->ids[1], NULL, str_of(l->code));
    return rq_done(rq, T("已撤销"), "/ledgers/%s/%lld", l->code, (long long)row.id.v);
}

const struct route proof_routes[] = {
    POST("/ledgers/@ledger/:entry/files", LEDGER_WRITE, add, .scope = entry_scope, .form = &no_fields, .upload = true, .title = T("上传证明材料")),
    GET("/ledgers/@ledger/:entry/files/:file", LEDGER_READ, download, .scope = entry_scope, .title = T("证明材料")),
    POST("/ledgers/@ledger/:entry/files/:file/void", LEDGER_WRITE, strike, .scope = entry_scope, .form = &no_fields, .title = T("拿掉证明材料")),
    POST("/ledgers/@ledger/:entry/files/:file/restore", LEDGER_WRITE, restore, .scope = entry_scope, .form = &no_fields,
         .title = T("撤销拿掉证明材料")),
};
const size_t proof_routes_n = COUNT(proof_routes);
