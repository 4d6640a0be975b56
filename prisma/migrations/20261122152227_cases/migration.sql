CREATE TYPE "CaseState" AS ENUM ('open', 'waiting', 'solved');

CREATE TABLE "Case" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "state" "CaseState" NOT NULL DEFAULT 'open',
    "source" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "personKey" TEXT NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "owner" TEXT NOT NULL DEFAULT '',
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "heldSince" TIMESTAMPTZ(3) NOT NULL,
    "answerDueAt" TIMESTAMPTZ(3),
    "firstAnsweredAt" TIMESTAMPTZ(3),
    "solvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Case_pkey" PRIMARY KEY ("shopId","id")
);
-- One case that is not solved per subject and type, whoever opens it first.
CREATE UNIQUE INDEX "Case_unsolved" ON "Case"("shopId", "subject", "type") WHERE state <> 'solved';
CREATE INDEX "Case_shopId_state_openedAt_idx" ON "Case"("shopId", "state", "openedAt");
CREATE INDEX "Case_shopId_customerGid_idx" ON "Case"("shopId", "customerGid");
CREATE INDEX "Case_shopId_orderGid_idx" ON "Case"("shopId", "orderGid");

CREATE TABLE "CaseEntry" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT '',
    "staffId" TEXT,
    "sourceKey" TEXT NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseEntry_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "CaseEntry_shopId_sourceKey_key" ON "CaseEntry"("shopId", "sourceKey");
CREATE INDEX "CaseEntry_shopId_caseId_happenedAt_idx" ON "CaseEntry"("shopId", "caseId", "happenedAt");
ALTER TABLE "CaseEntry" ADD CONSTRAINT "CaseEntry_shopId_caseId_fkey" FOREIGN KEY ("shopId", "caseId")
    REFERENCES "Case"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "CaseSettings" (
    "shopId" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseSettings_pkey" PRIMARY KEY ("shopId")
);

SELECT keep_tenants_apart('"Case"');
SELECT keep_tenants_apart('"CaseEntry"');
SELECT keep_tenants_apart('"CaseSettings"');
