-- Surfaces have rules of their own; offers say how they are taken; thanks and help have the merchant's words.
ALTER TABLE "ShopSettings"
  ADD COLUMN "surfaceRules" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "careTexts" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Offer" ADD COLUMN "acceptBy" TEXT NOT NULL DEFAULT 'code';

CREATE TYPE "OrderEditState" AS ENUM ('pending', 'unknown', 'done', 'failed');
CREATE TABLE "OfferOrderEdit" (
  "shopId" INTEGER NOT NULL,
  "id" UUID NOT NULL,
  "offerId" UUID NOT NULL,
  "decisionId" UUID NOT NULL,
  "position" INTEGER NOT NULL,
  "orderGid" TEXT NOT NULL,
  "productGid" TEXT NOT NULL,
  "variantGid" TEXT NOT NULL,
  "priceMinor" BIGINT NOT NULL,
  "discountPercent" INTEGER NOT NULL,
  "state" "OrderEditState" NOT NULL,
  "error" TEXT,
  "attemptedUntil" TIMESTAMPTZ(3),
  "balanceMinor" BIGINT,
  "orderName" TEXT,
  "payUrl" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "doneAt" TIMESTAMPTZ(3),
  CONSTRAINT "OfferOrderEdit_pkey" PRIMARY KEY ("shopId", "id"),
  CONSTRAINT "OfferOrderEdit_shopId_offerId_fkey" FOREIGN KEY ("shopId", "offerId")
    REFERENCES "Offer" ("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "OfferOrderEdit_shopId_decisionId_position_key" ON "OfferOrderEdit" ("shopId", "decisionId", "position");
CREATE UNIQUE INDEX "OfferOrderEdit_shopId_orderGid_variantGid_key" ON "OfferOrderEdit" ("shopId", "orderGid", "variantGid");
SELECT keep_tenants_apart('"OfferOrderEdit"');
