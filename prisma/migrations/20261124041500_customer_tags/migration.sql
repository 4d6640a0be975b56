-- What Shopify calls customers in the merchant's own words: "vip", "wholesale".
ALTER TABLE "Customer" ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];
