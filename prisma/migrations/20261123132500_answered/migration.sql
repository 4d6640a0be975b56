-- What a person declined or took is looked up together for each decision: one index to look into instead of two.
CREATE INDEX "Placement_answered" ON "Placement" ("shopId", "personKey")
  WHERE "dismissedAt" IS NOT NULL OR "acceptedAt" IS NOT NULL;
DROP INDEX "Placement_dismissed", "Placement_taken";
