-- Which order a clock counts from decides which of two is the newer; when it is due does not.
ALTER TABLE "JourneyClock" ADD COLUMN "orderedAt" TIMESTAMPTZ(3);

-- Row-level security holds for the owner too, who names no shop here.
ALTER TABLE "JourneyClock" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "Order" NO FORCE ROW LEVEL SECURITY;

UPDATE "JourneyClock" SET "orderedAt" = "dueAt" - days * interval '24 hours' WHERE kind = 'customer.lapsed';

UPDATE "JourneyClock" k SET "orderedAt" = o."placedAt" FROM "Order" o
WHERE k.kind IN ('replenishment.due', 'replenishment.late') AND o."shopId" = k."shopId" AND o.gid = k."orderGid";

ALTER TABLE "JourneyClock" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Order" FORCE ROW LEVEL SECURITY;
