-- What Postgres does by itself on the two tables that every decision writes must not make decisions wait.
--
-- ANALYZE looks at 300 rows for each unit of the largest target of a table's columns. At the usual 100 it kept a processor busy
-- for 170 ms at a time. A fifth tells the planner as much, and nobody searches by what stands in bytes and JSON.
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT attrelid::regclass AS "table", attname AS "column",
      CASE WHEN atttypid IN ('bytea'::regtype, 'json'::regtype) THEN 0 ELSE 20 END AS target
    FROM pg_attribute
    WHERE attrelid IN ('"Decision"'::regclass, '"Placement"'::regclass) AND attnum > 0 AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', one."table", one."column", one.target);
  END LOOP;
END $$;

-- VACUUM of what was added read and wrote 30 MB a second, and commits waited for the disk behind it. It has time.
ALTER TABLE "Decision" SET (autovacuum_vacuum_cost_delay = 20);
ALTER TABLE "Placement" SET (autovacuum_vacuum_cost_delay = 20);
