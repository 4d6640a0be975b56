-- A decision and its placements are written by one statement, and never deleted one by one: to look each decision up again,
-- and lock it, took a tenth of Postgres' time for a decision (docs/decisions/0016-decisions-in-groups.md).
ALTER TABLE "Placement" DROP CONSTRAINT "Placement_shopId_decisionId_fkey";

-- Read whole only: to take it apart for jsonb costs more than to keep it as it came.
ALTER TABLE "Placement" ALTER COLUMN "payload" DROP DEFAULT;
ALTER TABLE "Placement" ALTER COLUMN "payload" SET DATA TYPE JSON USING "payload"::json;
ALTER TABLE "Placement" ALTER COLUMN "payload" SET DEFAULT '{}';
