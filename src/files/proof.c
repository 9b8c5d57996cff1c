#include "audit/audit.h"
#include "files/attach.h"
#include "files/proof.h"
#include "files/proof_html.h"
#include "files/proof_sql.h"

enum { PROOFS_MAX = 20 };

void
proof_card(struct buf *o, struct rq *rq, struct proof_owner *owner)
{
    struct proof_list_row *rows;
    owner->n = proof_list(rq->db, &rows, owner->area, str_of(owner->kind), owner->id, owner->only.v);
    owner->rows = rows;
    if (owner->n || owner->may_write) proof_part(o, rq, owner);
}

static struct file_id
file_of(const struct rq *rq)
{
    return (struct file_id){ rq->ids[1] };
}

static enum http
refused(struct rq *rq, const struct proof_owner *owner, const char *why)
{
    rq_invalid(rq, NULL, why);
    return owner->show(rq);
}

/* All files of one form are kept, or none is entered. */
enum http
proof_add(struct rq *rq, proof_finder *find)
{
    struct proof_owner w = { 0 };
    struct proof_count_row has;
    size_t found = 0;
    if (!find(rq, &w) || !w.may_write) return HTTP_NOT_FOUND;
    struct attached *kept = NEW(rq->arena, struct attached, rq->uploads_n + 1);
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const char *why = rq->uploads[i].size ? attach_keep(rq, &rq->uploads[i], &kept[i]) : NULL;
        if (why != NULL) return refused(rq, &w, why);
        found += rq->uploads[i].size > 0;
    }
    if (found == 0) return refused(rq, &w, T("请选择文件。"));
    if (proof_count(rq->db, &has, w.area, str_of(w.kind), w.id) && has.total + (int64_t)found > PROOFS_MAX)
        return refused(rq, &w, T("一条记录最多20个证明材料。"));
    for (size_t i = 0; i < rq->uploads_n; i++) {
        const struct upload *u = &rq->uploads[i];
        if (u->size == 0) continue;
        proof_insert(rq->db, .area = w.area, .id = { id_next(w.area) }, .kind = str_of(w.kind), .owner = w.id, .name = u->filename,
                     .type = kept[i].type, .size = u->size, .hash = kept[i].hash, .by = rq->who.user, .at = instant_now());
        audit_note(rq, w.area, "attach", w.kind, w.id, NULL, w.note);
    }
    return rq_done(rq, T("已保存"), "%s", str_z(rq->arena, w.path.s));
}

enum http
proof_download(struct rq *rq, proof_finder *find)
{
    struct proof_owner w = { 0 };
    struct proof_get_row f;
    if (!find(rq, &w) || !proof_get(rq->db, &f, w.area, file_of(rq), str_of(w.kind), w.id, w.only.v)) return HTTP_NOT_FOUND;
    if (w.note_read != NULL) w.note_read(rq);
    rq->file = attach_path(rq->arena, f.hash);
    rq->type = f.type;
    rq->download = f.name;
    return HTTP_OK;
}

enum http
proof_strike(struct rq *rq, proof_finder *find)
{
    struct proof_owner w = { 0 };
    if (!find(rq, &w) || !w.may_write) return HTTP_NOT_FOUND;
    if (proof_void(rq->db, .area = w.area, .id = file_of(rq), .kind = str_of(w.kind), .owner = w.id, .only = w.only.v, .day = today()) == 0)
        return HTTP_NOT_FOUND;
    audit_note(rq, w.area, "void", "proof_file", rq->ids[1], NULL, w.note);
    return rq_done_undo(rq, T("已拿掉"), str_fmt(rq->arena, "%.*s/files/%lld/restore", FMT(w.path.s), (long long)rq->ids[1]),
                        "%s", str_z(rq->arena, w.path.s));
}

enum http
proof_unstrike(struct rq *rq, proof_finder *find)
{
    struct proof_owner w = { 0 };
    if (!find(rq, &w) || !w.may_write) return HTTP_NOT_FOUND;
    if (!audit_recent(rq, "void", "proof_file", rq->ids[1])) return rq_fail(rq, HTTP_CONFLICT, T("已超过可以撤销的时间。"));
    if (proof_restore(rq->db, .area = w.area, .id = file_of(rq), .kind = str_of(w.kind), .owner = w.id, .only = w.only.v) == 0) return HTTP_NOT_FOUND;
    audit_note(rq, w.area, "restore", "proof_file", rq->ids[1], NULL, w.note);
    return rq_done(rq, T("已撤销"), "%s", str_z(rq->arena, w.path.s));
}
