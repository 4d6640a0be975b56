-- What a shop's decisions have learnt: one row per layout of the model, replaced whole by the worker.
CREATE TABLE "DecisionModel" (
  "shopId" INTEGER NOT NULL,
  "layout" TEXT NOT NULL,
  "state" BYTEA NOT NULL,
  "learnt" INTEGER NOT NULL,
  "keptShare" DOUBLE PRECISION NOT NULL DEFAULT 1,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DecisionModel_pkey" PRIMARY KEY ("shopId", "layout")
);
SELECT keep_tenants_apart('"DecisionModel"');
-- Already deflated by us.
ALTER TABLE "DecisionModel" ALTER COLUMN "state" SET STORAGE EXTERNAL;
GRANT SELECT ON "DecisionModel" TO postlude_sweeper;
CREATE POLICY sweep ON "DecisionModel" FOR SELECT TO postlude_sweeper USING (true);

-- What a new shop starts from: averages over many shops, of features that are not a single shop's. Of no tenant.
CREATE TABLE "SharedModel" (
  "layout" TEXT NOT NULL,
  "state" BYTEA NOT NULL,
  "shops" INTEGER NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "SharedModel_pkey" PRIMARY KEY ("layout")
);
REVOKE INSERT, UPDATE, DELETE ON "SharedModel" FROM postlude_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "SharedModel" TO postlude_sweeper;

-- How far the model has learnt a placement: 0 nothing, 1 as not taken, 2 as taken.
-- What was shown before there was a model has no features stored with it: nothing to learn.
ALTER TABLE "Placement" ADD COLUMN "taught" SMALLINT NOT NULL DEFAULT 2;
ALTER TABLE "Placement" ALTER COLUMN "taught" SET DEFAULT 0;
CREATE INDEX "Placement_untaught" ON "Placement" ("shopId", "impressionAt")
  WHERE "impressionAt" IS NOT NULL AND ("taught" = 0 OR ("taught" = 1 AND "acceptedAt" IS NOT NULL));
