/* Live totals: each write adds to small counters (area, unit, day, measure) in its own transaction, so that a figure
 * of any level is a sum over few rows.  What happened counts at the unit and on the day where it happened, also after
 * a person, a worker or a station moved.
 *
 * measure              counts                                              day
 * "case.opened"        a case file                                         opened_on
 * "case.opened:A01"    the same for each client category of that day       opened_on
 * "case.code:1.2"      the same for its primary catalogue code             opened_on
 * "case.closed"        a closing that stands                               closed_on
 * "case.closed:41"     the same for its reason                             closed_on
 * "case.state:intake"  +1 entering and -1 leaving a state; the sum of all days up to one is what stood that evening
 * "contact"            a record of form E (人次)                           on_date of the record
 * "minutes"            its minutes                                         on_date of the record
 * "aid", "aid.fen"     something that was received beside services, and what it was worth             its day
 * "person.registered"  a person put on the list                            the day of it
 *
 * Who corrects a label (code, date, reason) takes it back (-1 on the old day) and adds it anew; so does who opens a closed
 * case again.  tally_check recounts all of them: what may change afterwards is kept as it was that day (case_category,
 * person.registered_unit_id). */
#ifndef NUAN_TALLY_H
#define NUAN_TALLY_H
#include "db/db.h"

/* In the transaction of the write that is counted.  n may be negative; 0 does nothing. */
void tally_add(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, int64_t n);

/* The same for "measure:code"; without a code it does nothing. */
void tally_add_code(struct db *db, int64_t area, struct unit_id unit, struct date day, const char *measure, struct str code,
                    int64_t n);

/* A person was served there on that day (人数); the second time that day only adds to the times. */
void served_add(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person);

/* Who was served there on that day, so many times, was found to be another person. */
void served_other(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id old, struct person_id person, int64_t times);

/* One contact: "contact", "minutes" and served_add. */
void tally_contact(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int64_t minutes);

/* Takes a contact back that was counted so: its record was corrected. */
void tally_contact_back(struct db *db, int64_t area, struct unit_id unit, struct date day, struct person_id person, int64_t minutes);

/* A case goes from one state to another; from NO_STR when it is opened. */
void tally_state(struct db *db, int64_t area, struct unit_id unit, struct date day, struct str from, struct str to);

/* Recounts from the case files, their records and events, and the list of persons; calls tell for each difference (a thousand at most) and
 * returns how many there are.  Inside a transaction. */
struct tally_differences_row;
size_t tally_check(struct db *db, void (*tell)(void *arg, const struct tally_differences_row *row), void *arg);
#endif
