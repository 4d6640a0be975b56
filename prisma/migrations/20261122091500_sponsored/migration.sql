-- CreateEnum
CREATE TYPE "ApprovalStatus" AS ENUM ('waiting', 'approved', 'rejected', 'blocked');

-- CreateEnum
CREATE TYPE "CampaignStatus" AS ENUM ('waiting', 'live', 'paused', 'rejected', 'archived');

-- CreateEnum
CREATE TYPE "PartnerState" AS ENUM ('invited', 'asked', 'active', 'ended');

-- CreateTable
CREATE TABLE "SponsoredSettings" (
    "shopId" INTEGER NOT NULL,
    "sharePercent" INTEGER NOT NULL DEFAULT 85,
    "reserveMinor" BIGINT NOT NULL DEFAULT 5,
    "reserveSaleMinor" BIGINT NOT NULL DEFAULT 50,
    "blockedCategories" TEXT[],
    "blockedDomains" TEXT[],
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SponsoredSettings_pkey" PRIMARY KEY ("shopId")
);

-- CreateTable
CREATE TABLE "Advertiser" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'merchant',
    "sourceKey" TEXT NOT NULL,
    "status" "ApprovalStatus" NOT NULL DEFAULT 'waiting',
    "secret" TEXT,
    "secretMadeAt" TIMESTAMPTZ(3),
    "previousSecret" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Advertiser_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SponsoredCampaign" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "advertiserId" UUID NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "CampaignStatus" NOT NULL DEFAULT 'waiting',
    "category" TEXT NOT NULL,
    "texts" JSONB NOT NULL DEFAULT '{}',
    "imageUrl" TEXT,
    "targetUrl" TEXT NOT NULL,
    "disclosure" TEXT NOT NULL DEFAULT 'sponsored',
    "countries" TEXT[],
    "audience" JSONB NOT NULL DEFAULT '{}',
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "model" TEXT NOT NULL,
    "bidMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "budgetMinor" BIGINT NOT NULL,
    "dailyBudgetMinor" BIGINT,
    "spentMinor" BIGINT NOT NULL DEFAULT 0,
    "spentOn" TEXT,
    "spentTodayMinor" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SponsoredCampaign_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SponsoredClick" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "campaignId" UUID NOT NULL,
    "advertiserId" UUID NOT NULL,
    "reason" TEXT,
    "priceMinor" BIGINT NOT NULL DEFAULT 0,
    "chargedMinor" BIGINT NOT NULL DEFAULT 0,
    "visitorHash" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SponsoredClick_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SponsoredConversion" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "advertiserId" UUID NOT NULL,
    "conversionId" TEXT NOT NULL,
    "clickId" UUID,
    "campaignId" UUID,
    "reason" TEXT,
    "valueMinor" BIGINT,
    "chargedMinor" BIGINT NOT NULL DEFAULT 0,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "reversedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SponsoredConversion_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SponsoredEntry" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "advertiserId" UUID NOT NULL,
    "campaignId" UUID,
    "kind" TEXT NOT NULL,
    "amountMinor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SponsoredEntry_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "PartnerLink" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "partnerDomain" TEXT NOT NULL,
    "partnerName" TEXT NOT NULL DEFAULT '',
    "partnerShopId" INTEGER,
    "state" "PartnerState" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PartnerLink_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "PartnerOffer" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "linkId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "withdrawn" BOOLEAN NOT NULL DEFAULT false,
    "theirState" TEXT NOT NULL DEFAULT 'sent',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PartnerOffer_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Advertiser_shopId_source_sourceKey_key" ON "Advertiser"("shopId", "source", "sourceKey");

-- CreateIndex
CREATE INDEX "SponsoredCampaign_shopId_status_idx" ON "SponsoredCampaign"("shopId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "SponsoredCampaign_shopId_advertiserId_sourceKey_key" ON "SponsoredCampaign"("shopId", "advertiserId", "sourceKey");

-- CreateIndex
CREATE INDEX "SponsoredClick_shopId_decisionId_position_idx" ON "SponsoredClick"("shopId", "decisionId", "position");

-- CreateIndex
CREATE INDEX "SponsoredClick_shopId_campaignId_happenedAt_idx" ON "SponsoredClick"("shopId", "campaignId", "happenedAt");

-- CreateIndex
CREATE INDEX "SponsoredClick_shopId_visitorHash_happenedAt_idx" ON "SponsoredClick"("shopId", "visitorHash", "happenedAt");

-- CreateIndex
CREATE INDEX "SponsoredConversion_shopId_clickId_idx" ON "SponsoredConversion"("shopId", "clickId");

-- CreateIndex
CREATE UNIQUE INDEX "SponsoredConversion_shopId_advertiserId_conversionId_key" ON "SponsoredConversion"("shopId", "advertiserId", "conversionId");

-- CreateIndex
CREATE INDEX "SponsoredEntry_shopId_happenedAt_idx" ON "SponsoredEntry"("shopId", "happenedAt");

-- CreateIndex
CREATE INDEX "SponsoredEntry_shopId_advertiserId_happenedAt_idx" ON "SponsoredEntry"("shopId", "advertiserId", "happenedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SponsoredEntry_shopId_sourceKey_key" ON "SponsoredEntry"("shopId", "sourceKey");

-- CreateIndex
CREATE UNIQUE INDEX "PartnerLink_shopId_partnerDomain_key" ON "PartnerLink"("shopId", "partnerDomain");

-- CreateIndex
CREATE INDEX "PartnerOffer_shopId_linkId_idx" ON "PartnerOffer"("shopId", "linkId");

-- AddForeignKey
ALTER TABLE "SponsoredCampaign" ADD CONSTRAINT "SponsoredCampaign_shopId_advertiserId_fkey" FOREIGN KEY ("shopId", "advertiserId") REFERENCES "Advertiser"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartnerOffer" ADD CONSTRAINT "PartnerOffer_shopId_linkId_fkey" FOREIGN KEY ("shopId", "linkId") REFERENCES "PartnerLink"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What was spent never passes the budget, whatever the code above does.
ALTER TABLE "SponsoredCampaign" ADD CONSTRAINT "SponsoredCampaign_spent_check"
  CHECK ("spentMinor" >= 0 AND "spentMinor" <= "budgetMinor" AND "bidMinor" > 0);
-- One click per placement counts; the others stand beside it with their reason.
CREATE UNIQUE INDEX "SponsoredClick_counted" ON "SponsoredClick" ("shopId", "decisionId", position) WHERE reason IS NULL;
-- A click brings at most one charged conversion.
CREATE UNIQUE INDEX "SponsoredConversion_charged" ON "SponsoredConversion" ("shopId", "clickId") WHERE reason IS NULL;

SELECT keep_tenants_apart(t::regclass) FROM unnest(ARRAY[
  '"SponsoredSettings"', '"Advertiser"', '"SponsoredCampaign"', '"SponsoredClick"', '"SponsoredConversion"',
  '"SponsoredEntry"', '"PartnerLink"', '"PartnerOffer"'
]) AS t;

-- The ledger is append-only: its entries are never changed, only followed by others.
REVOKE UPDATE ON "SponsoredEntry" FROM postlude_app;

-- Hashes of visitors' addresses are forgotten after a day, over all shops.
GRANT SELECT ON "SponsoredClick" TO postlude_sweeper;
CREATE POLICY sweep ON "SponsoredClick" FOR SELECT TO postlude_sweeper USING (true);
