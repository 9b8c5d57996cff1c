#include "db/plans.h"

/* bits: how much a column narrows what is left, as a power of two: of 131,072 rows of a table with area_id, 8,192 belong to
 * a unit and 512 to a worker.  A stat is the number of rows, then how many share the first column, the first two … */
static const char describe[] =
    "ANALYZE schema_step;"
    "DELETE FROM sqlite_stat1;"
    "WITH part AS ("
    " SELECT m.name AS tbl, l.name AS idx, l.\"unique\" AS one, x.seqno AS at, count(*) OVER (PARTITION BY l.name) AS many,"
    "        1 << CASE WHEN EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'area_id') AND m.name <> 'unit' THEN 17"
    "                  WHEN m.name = 'division' THEN 19 ELSE 9 END AS whole,"
    "        sum(CASE WHEN x.name = 'area_id' THEN 0"
    "                 WHEN x.name IN ('level', 'closed_on', 'to_on', 'current', 'sex') THEN 1"
    "                 WHEN x.name IN ('state', 'status', 'form', 'kind') THEN 3"
    "                 WHEN x.name IN ('unit_id', 'depth', 'parent', 'category', 'measure', 'role') THEN 4"
    "                 WHEN x.name IN ('ancestor_id', 'worker_id', 'account_id', 'supervisor_id', 'by_id', 'filled_by', 'import_id', 'day') THEN 8"
    "                 WHEN x.name LIKE '%\\_on' ESCAPE '\\' OR x.name LIKE '%\\_at' ESCAPE '\\' OR x.name = 'on_date' THEN 8"
    "                 WHEN x.name = 'term' THEN 12 ELSE 19 END) OVER (PARTITION BY l.name ORDER BY x.seqno) AS bits"
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
