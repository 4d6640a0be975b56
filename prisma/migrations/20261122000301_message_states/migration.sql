-- Small indexes that hold only what needs attention: mails in flight (their worker may have died) and mails of which
-- nobody knows whether they left.
CREATE INDEX "Message_in_flight" ON "Message" ("sendingAt") WHERE state = 'sending';
CREATE INDEX "Message_unknown" ON "Message" ("shopId", "queuedAt") WHERE state = 'unknown' AND "endedAt" IS NULL;
