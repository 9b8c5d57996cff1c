-- query: ids_take :one
-- Moves the counter by one block and returns where the next block will begin.
-- in:  size int
-- out: next int
UPDATE id_block SET next = next + :size WHERE id = 1 RETURNING next;
