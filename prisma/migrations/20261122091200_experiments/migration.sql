-- Experiments, who met what first, and questions about other policies.
CREATE TYPE "ExperimentStatus" AS ENUM ('running', 'stopped', 'promoted');
CREATE TYPE "WhatIfStatus" AS ENUM ('waiting', 'running', 'done', 'failed');

CREATE TABLE "Experiment" (
  "shopId" INTEGER NOT NULL,
  "id" UUID NOT NULL,
  "name" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "subjectId" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "variants" JSONB NOT NULL,
  "salt" TEXT NOT NULL,
  "status" "ExperimentStatus" NOT NULL,
  "startedAt" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  "promoted" TEXT,
  "replaced" JSONB,
  "createdBy" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "Experiment_pkey" PRIMARY KEY ("shopId", "id")
);
CREATE INDEX "Experiment_shopId_startedAt_idx" ON "Experiment" ("shopId", "startedAt");
-- Two at once on one thing could not be told apart.
CREATE UNIQUE INDEX "Experiment_running_key" ON "Experiment" ("shopId", "subject", "subjectId") WHERE status = 'running';
SELECT keep_tenants_apart('"Experiment"');

CREATE TABLE "Exposure" (
  "shopId" INTEGER NOT NULL,
  "trialKey" TEXT NOT NULL,
  "personKey" TEXT NOT NULL,
  "variant" TEXT NOT NULL,
  "share" DOUBLE PRECISION NOT NULL,
  "orderGid" TEXT,
  "valueMinor" BIGINT NOT NULL DEFAULT 0,
  "exposedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "Exposure_pkey" PRIMARY KEY ("shopId", "trialKey", "personKey")
);
CREATE INDEX "Exposure_shopId_trialKey_exposedAt_idx" ON "Exposure" ("shopId", "trialKey", "exposedAt");
CREATE INDEX "Exposure_shopId_personKey_idx" ON "Exposure" ("shopId", "personKey");
SELECT keep_tenants_apart('"Exposure"');

CREATE TABLE "ExposureFold" (
  "shopId" INTEGER NOT NULL,
  "decidedAt" TIMESTAMPTZ(3) NOT NULL,
  "decision" UUID NOT NULL,
  CONSTRAINT "ExposureFold_pkey" PRIMARY KEY ("shopId")
);
SELECT keep_tenants_apart('"ExposureFold"');

CREATE TABLE "OfferChance" (
  "shopId" INTEGER NOT NULL,
  "offerId" UUID NOT NULL,
  "day" DATE NOT NULL,
  "orders" INTEGER NOT NULL DEFAULT 0,
  "heldOut" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "OfferChance_pkey" PRIMARY KEY ("shopId", "offerId", "day")
);
SELECT keep_tenants_apart('"OfferChance"');

CREATE TABLE "WhatIf" (
  "shopId" INTEGER NOT NULL,
  "id" UUID NOT NULL,
  "question" JSONB NOT NULL,
  "status" "WhatIfStatus" NOT NULL,
  "done" INTEGER NOT NULL DEFAULT 0,
  "total" INTEGER NOT NULL DEFAULT 0,
  "result" JSONB,
  "error" TEXT,
  "askedAt" TIMESTAMPTZ(3) NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "WhatIf_pkey" PRIMARY KEY ("shopId", "id")
);
CREATE INDEX "WhatIf_shopId_askedAt_idx" ON "WhatIf" ("shopId", "askedAt");
SELECT keep_tenants_apart('"WhatIf"');

ALTER TABLE "Offer" ADD COLUMN "holdoutPercent" INTEGER NOT NULL DEFAULT 0;

-- The sweep asks every shop whether there are decisions that were not read yet.
GRANT SELECT ON "Decision", "ExposureFold" TO postlude_sweeper;
CREATE POLICY sweep ON "Decision" FOR SELECT TO postlude_sweeper USING (true);
CREATE POLICY sweep ON "ExposureFold" FOR SELECT TO postlude_sweeper USING (true);
