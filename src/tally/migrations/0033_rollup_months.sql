-- The sums of a month stand beside those of its days, under the day "m2026-11": a year is read from twelve rows instead of 365.
INSERT INTO tally_up (area_id, unit_id, day, measure, n)
SELECT area_id, unit_id, 'm' || substr(day, 1, 7), measure, sum(n) FROM tally_up WHERE day <> ''
 GROUP BY area_id, unit_id, substr(day, 1, 7), measure;
