-- An erasure is worked off in steps: whom it is about, how far it has come, when it last went on.
ALTER TABLE "PrivacyRequest" ADD COLUMN "person" JSONB;
ALTER TABLE "PrivacyRequest" ADD COLUMN "reached" TEXT;
ALTER TABLE "PrivacyRequest" ADD COLUMN "workedAt" TIMESTAMPTZ(3);

-- A sweep looks for those that stand still; it sees neither exports nor persons.
GRANT SELECT ("shopId", id, kind, "doneAt", "workedAt") ON "PrivacyRequest" TO postlude_sweeper;
CREATE POLICY sweep ON "PrivacyRequest" FOR SELECT TO postlude_sweeper USING (true);
CREATE INDEX "PrivacyRequest_waiting" ON "PrivacyRequest" ("workedAt") WHERE "doneAt" IS NULL;
