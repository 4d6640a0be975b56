-- When it is settled whether people or machines visited a mail with an offer, and its decision hears of it.
ALTER TABLE "Message" ADD COLUMN "visitsSettleAt" TIMESTAMPTZ(3);
CREATE INDEX "Message_visits_settle" ON "Message" ("visitsSettleAt") WHERE "visitsSettleAt" IS NOT NULL;

-- Codes of one offer that wait in mails count towards how often it may be taken.
CREATE INDEX "OfferCode_shopId_offerId_idx" ON "OfferCode"("shopId", "offerId");
