-- When an offer was live: [{ from, to }]. Null where it was made before: then it counts from its making on.
ALTER TABLE "Offer" ADD COLUMN "liveTimes" JSONB;
