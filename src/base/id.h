/* Ids are 64-bit numbers made by the program.  Each table's id is its own one-member struct, so
 * mixing them up does not compile.
 *
 *   bit 63      0
 *   bits 43-62  area: the six-digit county code (GB/T 2260), so that an id alone finds its shard
 *   bits 0-42   counter: grows, so ids of an area are ordered by when they were made
 *
 * The counter comes in blocks from the table id_block, so that no two programs on one database
 * and no two runs of one program ever make the same id. */
#ifndef NUAN_ID_H
#define NUAN_ID_H
#include <stdint.h>
#include "base/str.h"

#define ID_TYPES(X) \
    X(unit) X(user) X(session) X(staff) X(post) X(certificate) X(person) X(household) X(member) X(contact) \
    X(category) X(consent) X(guardian) X(move) X(case) X(doc) X(record) X(handover) X(event) X(file) \
    X(import) X(job) X(audit) X(form) X(task) \
    X(referral) X(disclosure) X(reading) X(link) X(printing) X(merge) X(minor_audit) \
    X(discovery) X(report) X(inbox) X(message) X(token) X(tie) X(entry) X(grant) X(list) X(line) X(hook) \
    X(conference) X(attendee) X(resolution) X(mate) X(plan) X(aid) X(score) X(kin) \
    X(project) X(activity) X(review) X(finding) \
    X(group) X(participant) X(meeting)
#define ID_TYPE(name) struct name##_id { int64_t v; };
ID_TYPES(ID_TYPE)
#undef ID_TYPE

enum { ID_AREA_SHIFT = 43 };

/* The county code of an id: 350424. */
int64_t id_area(int64_t id);

/* Makes the next id of an area.  Thread-safe.  Asserts that a block was given (ids_give). */
int64_t id_next(int64_t area);

/* How many counters are left, and a new block [from, to) once they run low (db/ids.c calls these). */
int64_t ids_left(void);
void ids_give(int64_t from, int64_t to);
#endif
