-- What goes together, and what an offer picks from, by collection.
CREATE TABLE "CollectionRule" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "otherGid" TEXT NOT NULL,
    "rule" TEXT NOT NULL CHECK ("rule" IN ('pin', 'exclude')),
    "setAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CollectionRule_pkey" PRIMARY KEY ("shopId","gid","otherGid")
);
SELECT keep_tenants_apart('"CollectionRule"');

ALTER TABLE "Offer"
    ADD COLUMN "collectionGids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "excludedCollectionGids" TEXT[] DEFAULT ARRAY[]::TEXT[];
