-- For whom an offer is, and how often it may be shown and taken.
ALTER TABLE "Offer"
  ADD COLUMN "targeting" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "capPerShopper" INTEGER,
  ADD COLUMN "capDays" INTEGER NOT NULL DEFAULT 30,
  ADD COLUMN "capTotal" INTEGER,
  ADD COLUMN "taken" INTEGER NOT NULL DEFAULT 0;
