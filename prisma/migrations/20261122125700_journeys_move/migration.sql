-- Who still waits for the delivered check goes on in the new form: version 1 of this shop's journey is what it was.
ALTER TABLE "JourneyStep" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "Order" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "Journey" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "JourneyVersion" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "Enrolment" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "JourneyCount" NO FORCE ROW LEVEL SECURITY;

INSERT INTO "Journey" ("shopId", id, key, name, enabled, trigger, version, "readyHash", "createdAt", "updatedAt")
SELECT s."shopId", gen_random_uuid(), 'delivered-check', 'Delivered check', true, 'parcel.delivered', 1, 'first', min(s."createdAt"), min(s."createdAt")
FROM "JourneyStep" s WHERE s.state = 'waiting' AND s.journey = 'delivered' GROUP BY s."shopId"
ON CONFLICT DO NOTHING;

INSERT INTO "JourneyVersion" ("shopId", "journeyId", version, definition, "createdAt")
SELECT j."shopId", j.id, 1, '{
  "version": 1,
  "trigger": {"fact": "parcel.delivered", "filters": [{"attribute": "order.all-delivered", "operator": "is", "value": true}]},
  "steps": [
    {"id": "later", "type": "wait", "mode": "duration", "minutes": 120},
    {"id": "check", "type": "send", "template": "delivered", "channels": ["email"]}
  ],
  "exits": [
    {"id": "order-cancelled", "type": "condition", "when": [{"attribute": "order.cancelled", "operator": "is", "value": true}]},
    {"id": "order-refunded", "type": "condition", "when": [{"attribute": "order.fully-refunded", "operator": "is", "value": true}]},
    {"id": "other-parcels-on-their-way", "type": "condition", "when": [{"attribute": "order.all-delivered", "operator": "is", "value": false}]}
  ],
  "reentry": {"rule": "per-order", "afterDays": null},
  "goal": null,
  "holdoutPercent": 0
}'::jsonb, j."createdAt"
FROM "Journey" j WHERE j.key = 'delivered-check' AND j."readyHash" = 'first'
ON CONFLICT DO NOTHING;

INSERT INTO "Enrolment" ("shopId", id, "journeyId", version, "personKey", "customerGid", "orderGid", "parcelId", subject,
  occurrence, state, position, "dueAt", "enteredAt")
SELECT DISTINCT ON (s."shopId", o.gid) s."shopId", s.id, j.id, 1, coalesce(o."customerGid", 'order:' || o.gid), o."customerGid", o.gid,
  (s.payload->>'parcelId')::uuid, o.gid, 'parcel.delivered:' || coalesce(s.payload->>'parcelId', o.gid), 'waiting', 'later', s."dueAt", s."createdAt"
FROM "JourneyStep" s
JOIN "Order" o ON o."shopId" = s."shopId" AND o.gid = s.payload->>'orderGid'
JOIN "Journey" j ON j."shopId" = s."shopId" AND j.key = 'delivered-check' AND j."readyHash" = 'first'
WHERE s.state = 'waiting' AND s.journey = 'delivered'
ORDER BY s."shopId", o.gid, s."dueAt" DESC
ON CONFLICT DO NOTHING;

INSERT INTO "JourneyCount" ("shopId", "journeyId", "stepId", entered, waiting)
SELECT e."shopId", e."journeyId", step.id, count(*), count(*)
FROM "Enrolment" e CROSS JOIN (VALUES ('*'), ('later')) AS step(id) GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING;

DROP TABLE "JourneyStep";
DROP TYPE "JourneyStepState";

ALTER TABLE "Order" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Journey" FORCE ROW LEVEL SECURITY;
ALTER TABLE "JourneyVersion" FORCE ROW LEVEL SECURITY;
ALTER TABLE "Enrolment" FORCE ROW LEVEL SECURITY;
ALTER TABLE "JourneyCount" FORCE ROW LEVEL SECURITY;

-- A sweep asks which shops have not learnt for a week.
GRANT SELECT ON "ReorderRhythm" TO postlude_sweeper;
CREATE POLICY sweep ON "ReorderRhythm" FOR SELECT TO postlude_sweeper USING (true);
