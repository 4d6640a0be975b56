-- An order is settled at the rate at which it was awarded, also after the merchant changed the programme.
ALTER TABLE "LedgerEntry" ADD COLUMN "pointsPerUnit" INTEGER;
-- Points for answering a survey; none unless the merchant wants it.
ALTER TABLE "LoyaltyProgram" ADD COLUMN "surveyPoints" INTEGER NOT NULL DEFAULT 0;
-- All entries of one order, to settle refunds.
CREATE INDEX "LedgerEntry_shopId_orderGid_idx" ON "LedgerEntry"("shopId", "orderGid");
