-- What was entered as the fact "pilot" becomes an entry of the ledger of pilots, which knows level and end; its level was not asked then.
INSERT INTO entry (area_id, id, ledger, unit_id, kind, on_date, until_on, body, by_id, at, version)
SELECT f.area_id, f.area_id * 8796093022208 + (SELECT next FROM id_block WHERE id = 1) - 1 + row_number() OVER (ORDER BY f.unit_id, f.from_on),
       'pilot', f.unit_id, 'pilot', f.from_on,
       (SELECT min(g.from_on) FROM unit_fact g WHERE g.area_id = f.area_id AND g.unit_id = f.unit_id AND g.fact = 'pilot' AND g.from_on > f.from_on),
       f.source, f.by_id, f.at, 1
  FROM unit_fact f WHERE f.fact = 'pilot' AND f.value = '1';
UPDATE id_block SET next = next + (SELECT count(*) FROM unit_fact WHERE fact = 'pilot' AND value = '1') WHERE id = 1;
DELETE FROM unit_fact WHERE fact = 'pilot';
