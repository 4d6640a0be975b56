-- ANALYZE looks at 300 rows for each unit of the largest target of a table's columns. At the usual 100 it kept a processor busy
-- for 170 ms at a time on the two tables that grow with every decision, and decisions waited. A fifth tells the planner
-- as much, and nobody searches by what stands in these bytes.
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
