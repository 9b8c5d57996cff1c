-- query: bench_users :many
-- Workers and heads of a province's stations, mixed, in an order that is the same on each run.
-- anyarea: the benchmark signs in people of all counties
-- in: most int
-- out: id user_id, login text
SELECT a.id, a.login FROM account a JOIN unit u ON u.id = a.unit_id
 WHERE u.profile = 'hunan' AND u.level = 'station' AND a.role IN ('worker', 'head')
 ORDER BY a.id % 100003 * 7919 % 10007, a.id LIMIT :most;
