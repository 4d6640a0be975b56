ALTER TABLE "Shop" ADD COLUMN "proxyPath" TEXT NOT NULL DEFAULT '/apps/postlude';

ALTER TABLE "Parcel"
    ADD COLUMN "way" TEXT NOT NULL DEFAULT 'shipped',
    ADD COLUMN "trackingKey" TEXT,
    ADD COLUMN "originCountry" TEXT,
    ADD COLUMN "toldStatus" "ParcelStatus" NOT NULL DEFAULT 'announced',
    ADD COLUMN "toldDeliveredAt" TIMESTAMPTZ(3),
    ADD COLUMN "handover" TEXT;
-- Row-level security holds for the owner, too: lifted while all shops are filled in.
ALTER TABLE "Parcel" NO FORCE ROW LEVEL SECURITY;
-- What is known so far counts as told by the fulfillment itself.
UPDATE "Parcel" SET "toldStatus" = status, "toldDeliveredAt" = "deliveredAt",
    "handover" = CASE WHEN status = 'delivered' THEN 'unknown' END,
    "trackingKey" = nullif(upper(regexp_replace("trackingNumber", '[^A-Za-z0-9]', '', 'g')), '');
ALTER TABLE "Parcel" FORCE ROW LEVEL SECURITY;
CREATE INDEX "Parcel_shopId_trackingKey_idx" ON "Parcel"("shopId", "trackingKey");

ALTER TABLE "Scan"
    ADD COLUMN "source" TEXT NOT NULL DEFAULT 'shopify',
    ADD COLUMN "code" TEXT,
    ADD COLUMN "handover" TEXT,
    ADD COLUMN "trouble" TEXT,
    ADD COLUMN "staffId" TEXT,
    ADD COLUMN "withdrawnAt" TIMESTAMPTZ(3);

CREATE TABLE "TrackingSource" (
    "shopId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "heardAt" TIMESTAMPTZ(3),

    CONSTRAINT "TrackingSource_pkey" PRIMARY KEY ("shopId","key")
);

CREATE TABLE "WaitingScan" (
    "shopId" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "trackingKey" TEXT NOT NULL,
    "scan" JSONB NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WaitingScan_pkey" PRIMARY KEY ("shopId","source","sourceKey")
);
CREATE INDEX "WaitingScan_shopId_trackingKey_idx" ON "WaitingScan"("shopId", "trackingKey");
CREATE INDEX "WaitingScan_shopId_receivedAt_idx" ON "WaitingScan"("shopId", "receivedAt");

CREATE TABLE "ShopLocation" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShopLocation_pkey" PRIMARY KEY ("shopId","gid")
);

SELECT keep_tenants_apart('"TrackingSource"');
SELECT keep_tenants_apart('"WaitingScan"');
SELECT keep_tenants_apart('"ShopLocation"');
