#include "db/plans.h"

/* bits: how much a column narrows what is left, as a power of two: of 2,097,152 rows of a table with area_id, 131,072 belong
 * to an area, 8,192 to a unit and 512 to a worker.  A stat is the number of rows, then how many share the first column, the
 * first two … */
static const char describe[] =
    "ANALYZE schema_step;"
    "DELETE FROM sqlite_stat1;"
    "WITH part AS ("
    " SELECT m.name AS tbl, l.name AS idx, l.\"unique\" AS one, x.seqno AS at, count(*) OVER (PARTITION BY l.name) AS many,"
    "        1 << CASE WHEN m.name = 'division' THEN 19 WHEN m.name = 'unit' THEN 12"
    "                  WHEN l.partial AND NOT l.\"unique\" THEN 13"
    "                  WHEN EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'area_id') THEN 21 ELSE 13 END AS whole,"
    "        sum(CASE WHEN m.name = 'unit' AND x.name = 'level' THEN 3"
    "                 WHEN x.name IN ('level', 'closed_on', 'to_on', 'current', 'sex') THEN 1"
    "                 WHEN x.name IN ('state', 'status', 'form', 'kind') THEN 3"
    "                 WHEN x.name IN ('area_id', 'unit_id', 'depth', 'category', 'measure', 'role') THEN 4"
    "                 WHEN x.name IN ('worker_id', 'account_id', 'supervisor_id', 'by_id', 'filled_by', 'import_id') THEN 8"
    "                 WHEN x.name IN ('day', 'on_date', 'from_on', 'opened_on', 'due_at', 'start_at', 'at') THEN 8"
    "                 WHEN x.name = 'ancestor_id' THEN 11 WHEN x.name = 'term' THEN 12 WHEN x.name = 'parent' THEN 15 ELSE 21 END)"
    "            OVER (PARTITION BY l.name ORDER BY x.seqno) AS bits"
    "   FROM sqlite_schema m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) x WHERE m.type = 'table')"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat)"
    " SELECT tbl, idx, whole || ' ' || group_concat(CASE WHEN one AND at = many - 1 THEN 1 ELSE max(1, whole >> bits) END, ' ')"
    "   FROM (SELECT * FROM part ORDER BY tbl, idx, at) GROUP BY tbl, idx;"
    "ANALYZE sqlite_schema;";

bool
plans_describe(struct db *db)
{
    return db_driver(db) != DB_SQLITE || db_exec(db, describe);
}
