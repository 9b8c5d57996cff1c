/* Hours of continuing education in the registration period. */
#include "ledger/ledger.h"
#include "staff/hours.h"
#include "staff/staff.h"
#include "test/kit.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { AREA = 350424 };

static struct kit *k;

static struct date
day(int y, int m, int d)
{
    struct date out;
    assert_true(date_of(y, m, d, &out));
    return out;
}

/* 72 hours in three years for an assistant, 90 above; a degree counts 90 hours once. */
static void
hours_of_continuing_education(void **state)
{
    const struct profile *p = profile_of(STR("ninghua"));
    struct entry e = { NO_ENTRY,          .unit = k->station_a, .kind = STR("continuing"),
                       .title = STR("x"), .amount = 40,         .on = day(2023, 12, 31) };
    (void)state;
    struct staff_new s = { .unit = k->station_a,
                           .name = STR("某"),
                           .sex = STR("2"),
                           .born = NO_DATE,
                           .employment = STR("full"),
                           .service_from = NO_DATE,
                           .started_on = day(2020, 1, 1) };
    kit_begin(k);
    e.staff = staff_make(k->db, AREA, &s);
    assert_false(hours_of(k->db, p, AREA, e.staff, day(2024, 1, 1)).registered);
    certificate_add(k->db, AREA, e.staff, STR("1"), STR("1"), day(2020, 12, 1), day(2021, 3, 1), NO_DATE);
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    e.kind = STR("policy");
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 }); /* another subject */
    e.kind = STR("continuing");
    e.on = day(2024, 3, 1);
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 }); /* the first day of the next period */
    struct hours h = hours_of(k->db, p, AREA, e.staff, day(2024, 1, 1));
    assert_int_equal(h.left, 32);
    assert_int_equal(h.have, 40);
    e.mode = STR("degree");
    e.on = day(2022, 6, 30);
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    ledger_add(k->db, AREA, "training", &e, (struct user_id){ 0 });
    h = hours_of(k->db, p, AREA, e.staff, day(2024, 1, 1));
    assert_int_equal(h.left, 0);
    assert_int_equal(h.have, 40 + 90);
    certificate_add(k->db, AREA, e.staff, STR("2"), STR("2"), day(2024, 1, 1), day(2024, 3, 1), NO_DATE);
    h = hours_of(k->db, p, AREA, e.staff, day(2024, 3, 1));
    assert_int_equal(h.need, 90);
    assert_int_equal(h.left, 50);
    kit_commit(k);
}

static int
set_up(void **state)
{
    (void)state;
    k = kit_open();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kit_close(k);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(hours_of_continuing_education) };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
