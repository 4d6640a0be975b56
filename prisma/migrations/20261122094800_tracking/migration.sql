CREATE TABLE "TrackingAttempt" (
    "shopId" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "attemptedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TrackingAttempt_pkey" PRIMARY KEY ("shopId","id")
);
CREATE INDEX "TrackingAttempt_shopId_key_attemptedAt_idx" ON "TrackingAttempt"("shopId", "key", "attemptedAt");

SELECT keep_tenants_apart('"TrackingAttempt"');
