-- CreateEnum
CREATE TYPE "PaymentSyncState" AS ENUM ('idle', 'pending', 'unknown', 'done', 'failed');

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "device" TEXT;

-- CreateTable
CREATE TABLE "PaymentRanking" (
    "shopId" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "holdoutPercent" INTEGER NOT NULL DEFAULT 10,
    "salt" TEXT NOT NULL,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "learnt" JSONB,
    "learntAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "syncedRevision" INTEGER NOT NULL DEFAULT 0,
    "syncState" "PaymentSyncState" NOT NULL DEFAULT 'idle',
    "syncError" TEXT,
    "syncedAt" TIMESTAMPTZ(3),
    "customizationGid" TEXT,

    CONSTRAINT "PaymentRanking_pkey" PRIMARY KEY ("shopId")
);

-- CreateTable
CREATE TABLE "PaymentOrder" (
    "shopId" INTEGER NOT NULL,
    "orderGid" TEXT NOT NULL,
    "bucket" INTEGER NOT NULL,
    "heldOut" BOOLEAN NOT NULL,
    "firstChoice" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PaymentOrder_pkey" PRIMARY KEY ("shopId","orderGid")
);

-- CreateIndex
CREATE INDEX "PaymentOrder_shopId_placedAt_idx" ON "PaymentOrder"("shopId", "placedAt");

SELECT keep_tenants_apart('"PaymentRanking"');
SELECT keep_tenants_apart('"PaymentOrder"');

-- Sweeps look over all shops for what is to be learnt anew and what Shopify has not been told.
GRANT SELECT ON "PaymentRanking" TO postlude_sweeper;
CREATE POLICY sweep ON "PaymentRanking" FOR SELECT TO postlude_sweeper USING (true);
