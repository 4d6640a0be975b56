CREATE TYPE "EnrolmentState" AS ENUM ('waiting', 'finished', 'left', 'held_out', 'failed');
CREATE TYPE "JourneyIntentState" AS ENUM ('pending', 'unknown', 'done', 'failed');

CREATE TABLE "Journey" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "trigger" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "readyHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Journey_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "Journey_shopId_key_key" ON "Journey"("shopId", "key");

CREATE TABLE "JourneyVersion" (
    "shopId" INTEGER NOT NULL,
    "journeyId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "JourneyVersion_pkey" PRIMARY KEY ("shopId","journeyId","version")
);
ALTER TABLE "JourneyVersion" ADD CONSTRAINT "JourneyVersion_shopId_journeyId_fkey" FOREIGN KEY ("shopId", "journeyId")
    REFERENCES "Journey"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "Enrolment" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "journeyId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "personKey" TEXT NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "parcelId" UUID,
    "about" JSONB NOT NULL DEFAULT '{}',
    "subject" TEXT NOT NULL,
    "occurrence" TEXT NOT NULL,
    "state" "EnrolmentState" NOT NULL,
    "position" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "awaits" TEXT,
    "heard" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "passed" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "goalUntil" TIMESTAMPTZ(3),
    "goalAt" TIMESTAMPTZ(3),

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "Enrolment_shopId_journeyId_occurrence_key" ON "Enrolment"("shopId", "journeyId", "occurrence");
CREATE INDEX "Enrolment_shopId_personKey_idx" ON "Enrolment"("shopId", "personKey");
CREATE INDEX "Enrolment_shopId_orderGid_idx" ON "Enrolment"("shopId", "orderGid");
-- The one scan over all shops; holds only who waits.
CREATE INDEX "Enrolment_due" ON "Enrolment" ("dueAt") WHERE state = 'waiting';

CREATE TABLE "JourneyCount" (
    "shopId" INTEGER NOT NULL,
    "journeyId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "goals" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "JourneyCount_pkey" PRIMARY KEY ("shopId","journeyId","stepId")
);

CREATE TABLE "JourneyIntent" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "enrolmentId" UUID NOT NULL,
    "stepId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customerGid" TEXT,
    "payload" JSONB NOT NULL,
    "state" "JourneyIntentState" NOT NULL DEFAULT 'pending',
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "JourneyIntent_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "JourneyIntent_shopId_enrolmentId_stepId_key" ON "JourneyIntent"("shopId", "enrolmentId", "stepId");
-- Those whose job ran out of tries are asked again.
CREATE INDEX "JourneyIntent_open" ON "JourneyIntent" ("createdAt") WHERE state IN ('pending', 'unknown');

CREATE TABLE "JourneyClock" (
    "shopId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "customerGid" TEXT NOT NULL,
    "orderGid" TEXT,
    "variantGid" TEXT,
    "days" INTEGER,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "JourneyClock_pkey" PRIMARY KEY ("shopId","kind","subject")
);
CREATE INDEX "JourneyClock_shopId_customerGid_idx" ON "JourneyClock"("shopId", "customerGid");
CREATE INDEX "JourneyClock_due" ON "JourneyClock" ("dueAt");

CREATE TABLE "ReorderRhythm" (
    "shopId" INTEGER NOT NULL,
    "variantGid" TEXT NOT NULL,
    "productGid" TEXT NOT NULL,
    "earlyDays" DOUBLE PRECISION NOT NULL,
    "lateDays" DOUBLE PRECISION NOT NULL,
    "intervals" INTEGER NOT NULL,
    "learntAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReorderRhythm_pkey" PRIMARY KEY ("shopId","variantGid")
);

SELECT keep_tenants_apart('"Journey"');
SELECT keep_tenants_apart('"JourneyVersion"');
SELECT keep_tenants_apart('"Enrolment"');
SELECT keep_tenants_apart('"JourneyCount"');
SELECT keep_tenants_apart('"JourneyIntent"');
SELECT keep_tenants_apart('"JourneyClock"');
SELECT keep_tenants_apart('"ReorderRhythm"');

GRANT SELECT ON "Enrolment", "JourneyIntent", "JourneyClock" TO postlude_sweeper;
CREATE POLICY sweep ON "Enrolment" FOR SELECT TO postlude_sweeper USING (true);
CREATE POLICY sweep ON "JourneyIntent" FOR SELECT TO postlude_sweeper USING (true);
CREATE POLICY sweep ON "JourneyClock" FOR SELECT TO postlude_sweeper USING (true);
