-- What a person dismissed, read before every decision: few rows of many.
CREATE INDEX "Placement_dismissed" ON "Placement" ("shopId", "personKey", "dismissedAt") WHERE "dismissedAt" IS NOT NULL;
