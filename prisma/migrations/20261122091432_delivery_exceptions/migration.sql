CREATE TABLE "DeliverySettings" (
    "shopId" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeliverySettings_pkey" PRIMARY KEY ("shopId")
);

CREATE TABLE "DeliveryClock" (
    "shopId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "orderGid" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeliveryClock_pkey" PRIMARY KEY ("shopId","kind","subject")
);
CREATE INDEX "DeliveryClock_shopId_subject_idx" ON "DeliveryClock"("shopId", "subject");
-- The sweep over all shops.
CREATE INDEX "DeliveryClock_due" ON "DeliveryClock" ("dueAt");

CREATE TABLE "DeliveryException" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "orderGid" TEXT NOT NULL,
    "parcelId" UUID,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeliveryException_pkey" PRIMARY KEY ("shopId","id")
);
CREATE INDEX "DeliveryException_shopId_openedAt_idx" ON "DeliveryException"("shopId", "openedAt");
CREATE INDEX "DeliveryException_shopId_subject_idx" ON "DeliveryException"("shopId", "subject");
CREATE INDEX "DeliveryException_shopId_orderGid_idx" ON "DeliveryException"("shopId", "orderGid");
CREATE UNIQUE INDEX "DeliveryException_open_key" ON "DeliveryException"("shopId", "kind", "subject") WHERE "closedAt" IS NULL;

CREATE TABLE "DeliveryPromise" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "parcelId" UUID NOT NULL,
    "orderGid" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "earliestAt" TIMESTAMPTZ(3) NOT NULL,
    "latestAt" TIMESTAMPTZ(3) NOT NULL,
    "saidAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeliveryPromise_pkey" PRIMARY KEY ("shopId","id")
);
CREATE INDEX "DeliveryPromise_shopId_parcelId_saidAt_idx" ON "DeliveryPromise"("shopId", "parcelId", "saidAt");

SELECT keep_tenants_apart('"DeliverySettings"');
SELECT keep_tenants_apart('"DeliveryClock"');
SELECT keep_tenants_apart('"DeliveryException"');
SELECT keep_tenants_apart('"DeliveryPromise"');

GRANT SELECT ON "DeliveryClock" TO postlude_sweeper;
CREATE POLICY sweep ON "DeliveryClock" FOR SELECT TO postlude_sweeper USING (true);
