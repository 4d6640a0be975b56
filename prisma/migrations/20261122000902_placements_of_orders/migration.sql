-- Few placements lead to an order: those that do not stay out of the index, and cost nothing when they are written.
DROP INDEX "Placement_shopId_orderGid_idx";
CREATE INDEX "Placement_ordered" ON "Placement" ("shopId", "orderGid") WHERE "orderGid" IS NOT NULL;
