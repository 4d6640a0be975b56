-- The sweep that learns co-purchases anew looks when each shop was last learnt.
GRANT SELECT ON "ProductPopularity" TO postlude_sweeper;
CREATE POLICY sweep ON "ProductPopularity" FOR SELECT TO postlude_sweeper USING (true);
