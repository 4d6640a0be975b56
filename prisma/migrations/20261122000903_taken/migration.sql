-- What a person took is asked for on every decision; most placements are never taken.
CREATE INDEX "Placement_taken" ON "Placement" ("shopId", "personKey", "acceptedAt") WHERE "acceptedAt" IS NOT NULL;
