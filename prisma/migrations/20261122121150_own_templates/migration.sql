-- A shop's own templates: named, and put away instead of deleted.
ALTER TABLE "MessageTemplate" ADD COLUMN "name" TEXT;
ALTER TABLE "MessageTemplate" ADD COLUMN "archivedAt" TIMESTAMPTZ(3);
