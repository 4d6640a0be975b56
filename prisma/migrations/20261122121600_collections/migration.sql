-- What was decided for a cart belongs to the order that came of it.
ALTER TABLE "Order" ADD COLUMN "cartToken" TEXT;

-- A sponsored sale that was refunded in part costs its part.
ALTER TABLE "SponsoredConversion" ADD COLUMN "netMinor" BIGINT;

CREATE TABLE "Collection" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(3),
    "membersAt" TIMESTAMPTZ(3),

    CONSTRAINT "Collection_pkey" PRIMARY KEY ("shopId","gid")
);
SELECT keep_tenants_apart('"Collection"');

CREATE TABLE "CollectionProduct" (
    "shopId" INTEGER NOT NULL,
    "collectionGid" TEXT NOT NULL,
    "productGid" TEXT NOT NULL,

    CONSTRAINT "CollectionProduct_pkey" PRIMARY KEY ("shopId","collectionGid","productGid")
);
CREATE INDEX "CollectionProduct_shopId_productGid_idx" ON "CollectionProduct"("shopId", "productGid");
ALTER TABLE "CollectionProduct" ADD CONSTRAINT "CollectionProduct_shopId_collectionGid_fkey"
    FOREIGN KEY ("shopId", "collectionGid") REFERENCES "Collection"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT keep_tenants_apart('"CollectionProduct"');
