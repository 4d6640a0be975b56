-- Against it, an order is small or large; kept with the model so that the hot path reads one row.
ALTER TABLE "DecisionModel" ADD COLUMN "usualOrderMinor" BIGINT;
