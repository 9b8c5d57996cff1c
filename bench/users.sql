-- query: bench_users :many
-- Workers and heads of a province's stations, one of each station after the other.
-- anyarea: the benchmark signs in people of all counties
-- in: most int
-- out: id user_id, login text
SELECT a.id, a.login FROM account a JOIN unit u ON u.id = a.unit_id
 WHERE u.profile = 'hunan' AND u.level = 'station' AND a.role IN ('worker', 'head')
 ORDER BY CAST(substr(a.login, instr(a.login, 'w') + 1) AS INTEGER), a.id LIMIT :most;
