-- An order takes over what was met in its checkout.
CREATE INDEX "Exposure_shopId_orderGid_idx" ON "Exposure" ("shopId", "orderGid");
