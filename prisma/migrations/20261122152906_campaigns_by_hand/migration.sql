-- Campaigns that people start by hand, and journeys that can be put away.
ALTER TABLE "MessageCampaign"
    ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "holdoutPercent" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "stoppedAt" TIMESTAMPTZ(3);

ALTER TABLE "Journey" ADD COLUMN "archivedAt" TIMESTAMPTZ(3);
