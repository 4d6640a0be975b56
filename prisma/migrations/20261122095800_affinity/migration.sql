-- What else is known of two products, beside the pull of one towards the other (score).
ALTER TABLE "ProductAffinity"
    ADD COLUMN "confidence" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "walk" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "likeness" DOUBLE PRECISION NOT NULL DEFAULT 0;

ALTER TABLE "ProductPopularity"
    ADD COLUMN "recentOrders" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "ageDays" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "repeatRate" DOUBLE PRECISION NOT NULL DEFAULT 0;

CREATE TABLE "AffinityModel" (
    "shopId" INTEGER NOT NULL,
    "blend" JSONB NOT NULL,
    "habits" JSONB NOT NULL,
    "measured" JSONB,
    "orders" INTEGER NOT NULL,
    "products" INTEGER NOT NULL,
    "learntAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AffinityModel_pkey" PRIMARY KEY ("shopId")
);
SELECT keep_tenants_apart('"AffinityModel"');
GRANT SELECT ON "AffinityModel" TO postlude_sweeper;
CREATE POLICY sweep ON "AffinityModel" FOR SELECT TO postlude_sweeper USING (true);

CREATE TABLE "CompanionRule" (
    "shopId" INTEGER NOT NULL,
    "productGid" TEXT NOT NULL,
    "otherGid" TEXT NOT NULL,
    "rule" TEXT NOT NULL CHECK ("rule" IN ('pin', 'exclude')),
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CompanionRule_pkey" PRIMARY KEY ("shopId","productGid","otherGid")
);
SELECT keep_tenants_apart('"CompanionRule"');
