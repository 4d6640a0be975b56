-- What a shop has to say about its products; it knows no person.
CREATE TABLE "Tip" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('quick-start', 'how-to', 'care')),
    "scope" TEXT NOT NULL CHECK ("scope" IN ('products', 'collections', 'tags', 'types', 'everything')),
    "keys" TEXT[],
    "imageUrl" TEXT NOT NULL DEFAULT '',
    "texts" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Tip_pkey" PRIMARY KEY ("shopId","id")
);
SELECT keep_tenants_apart('"Tip"');
