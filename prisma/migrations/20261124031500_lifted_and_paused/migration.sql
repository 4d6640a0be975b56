-- The order of payment methods may rest without losing its figures.
ALTER TABLE "PaymentRanking" ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "pauses" JSONB NOT NULL DEFAULT '[]';

-- Data requests that an erasure has overtaken are closed.
ALTER TABLE "PrivacyRequest" ADD COLUMN     "erasedFirst" BOOLEAN NOT NULL DEFAULT false;
-- Whoever owns a table sees no rows of it while row-level security is forced.
ALTER TABLE "PrivacyRequest" NO FORCE ROW LEVEL SECURITY;
UPDATE "PrivacyRequest" SET "erasedFirst" = true, "doneAt" = now()
WHERE kind = 'data_request' AND "doneAt" IS NULL AND export IS NULL;
ALTER TABLE "PrivacyRequest" FORCE ROW LEVEL SECURITY;

-- A merchant may write again to an address that bounced, and sees which addresses get nothing.
ALTER TABLE "Suppression" ADD COLUMN     "liftedAt" TIMESTAMPTZ(3);
CREATE INDEX "Suppression_shopId_createdAt_idx" ON "Suppression"("shopId", "createdAt");
CREATE INDEX "Consent_shopId_state_changedAt_idx" ON "Consent"("shopId", "state", "changedAt");
