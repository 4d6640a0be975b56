-- A fulfillment may leave in several boxes; what is stored so far is the first of each.
ALTER TABLE "Parcel" ADD COLUMN "piece" INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "Parcel_shopId_fulfillmentGid_piece_key" ON "Parcel" ("shopId", "fulfillmentGid", "piece");
DROP INDEX "Parcel_shopId_fulfillmentGid_key";
