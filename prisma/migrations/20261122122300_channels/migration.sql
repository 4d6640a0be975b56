-- Keys that the installation made for itself; no shop's role may read them.
CREATE TABLE "InstallationKey" (
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "InstallationKey_pkey" PRIMARY KEY ("name")
);
REVOKE ALL ON "InstallationKey" FROM postlude_app;

CREATE TABLE "ContactSettings" (
    "shopId" INTEGER NOT NULL,
    "marketingPerDay" INTEGER NOT NULL DEFAULT 1,
    "marketingPerWeek" INTEGER NOT NULL DEFAULT 3,
    "surveyGapDays" INTEGER NOT NULL DEFAULT 21,
    "npsGapDays" INTEGER NOT NULL DEFAULT 90,
    "quietFromHour" INTEGER NOT NULL DEFAULT 21,
    "quietToHour" INTEGER NOT NULL DEFAULT 8,
    "doubleOptIn" BOOLEAN NOT NULL DEFAULT false,
    "countryRules" JSONB NOT NULL DEFAULT '{}',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ContactSettings_pkey" PRIMARY KEY ("shopId")
);
SELECT keep_tenants_apart('"ContactSettings"');

-- The same news may go out on two channels, and once on each.
ALTER TABLE "Message" ADD COLUMN "campaignId" UUID, ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 50;
CREATE UNIQUE INDEX "Message_shopId_dedupeKey_channel_key" ON "Message"("shopId", "dedupeKey", "channel");
DROP INDEX "Message_shopId_dedupeKey_key";
CREATE INDEX "Message_shopId_campaignId_idx" ON "Message"("shopId", "campaignId");

ALTER TABLE "MessageEvent" ADD COLUMN "sourceKey" TEXT;
CREATE UNIQUE INDEX "MessageEvent_shopId_sourceKey_key" ON "MessageEvent"("shopId", "sourceKey");

CREATE TABLE "ChannelAccount" (
    "shopId" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "config" JSONB NOT NULL DEFAULT '{}',
    "secret" TEXT,
    "error" TEXT,
    "failedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChannelAccount_pkey" PRIMARY KEY ("shopId","channel")
);
SELECT keep_tenants_apart('"ChannelAccount"');

CREATE TABLE "PushSubscription" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "endpointHash" TEXT NOT NULL,
    "keys" TEXT NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "locale" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PushSubscription_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "PushSubscription_shopId_endpointHash_key" ON "PushSubscription"("shopId", "endpointHash");
CREATE INDEX "PushSubscription_shopId_customerGid_idx" ON "PushSubscription"("shopId", "customerGid");
CREATE INDEX "PushSubscription_shopId_orderGid_idx" ON "PushSubscription"("shopId", "orderGid");
SELECT keep_tenants_apart('"PushSubscription"');

CREATE TABLE "InboxEntry" (
    "shopId" INTEGER NOT NULL,
    "messageId" UUID NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "url" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "dismissedAt" TIMESTAMPTZ(3),

    CONSTRAINT "InboxEntry_pkey" PRIMARY KEY ("shopId","messageId")
);
CREATE INDEX "InboxEntry_shopId_customerGid_createdAt_idx" ON "InboxEntry"("shopId", "customerGid", "createdAt");
CREATE INDEX "InboxEntry_shopId_orderGid_createdAt_idx" ON "InboxEntry"("shopId", "orderGid", "createdAt");
SELECT keep_tenants_apart('"InboxEntry"');

CREATE TABLE "PhoneTask" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "messageId" UUID,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "phone" TEXT,
    "note" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "doneBy" TEXT,

    CONSTRAINT "PhoneTask_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "PhoneTask_shopId_dedupeKey_key" ON "PhoneTask"("shopId", "dedupeKey");
CREATE INDEX "PhoneTask_shopId_doneAt_createdAt_idx" ON "PhoneTask"("shopId", "doneAt", "createdAt");
CREATE INDEX "PhoneTask_shopId_customerGid_idx" ON "PhoneTask"("shopId", "customerGid");
CREATE INDEX "PhoneTask_shopId_orderGid_idx" ON "PhoneTask"("shopId", "orderGid");
SELECT keep_tenants_apart('"PhoneTask"');

CREATE TABLE "MessageCampaign" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "templateKey" TEXT NOT NULL,
    "channels" TEXT[],
    "audience" JSONB NOT NULL DEFAULT '{}',
    "priority" INTEGER NOT NULL DEFAULT 50,
    "cursor" TEXT NOT NULL DEFAULT '',
    "planned" INTEGER NOT NULL DEFAULT 0,
    "suppressed" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MessageCampaign_pkey" PRIMARY KEY ("shopId","id")
);
CREATE UNIQUE INDEX "MessageCampaign_shopId_dedupeKey_key" ON "MessageCampaign"("shopId", "dedupeKey");
CREATE INDEX "MessageCampaign_unfinished" ON "MessageCampaign"("finishedAt", "createdAt");
SELECT keep_tenants_apart('"MessageCampaign"');
GRANT SELECT ON "MessageCampaign" TO postlude_sweeper;
CREATE POLICY sweep ON "MessageCampaign" FOR SELECT TO postlude_sweeper USING (true);
