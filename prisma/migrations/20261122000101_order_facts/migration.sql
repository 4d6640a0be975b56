-- When we first learnt that an order was paid: the proof that order.paid was published.
ALTER TABLE "Order" ADD COLUMN "paidAt" TIMESTAMPTZ(3);
-- Which telling of the fulfillment the parcel shows; an older one does not overwrite it.
ALTER TABLE "Parcel" ADD COLUMN "shopifyUpdatedAt" TIMESTAMPTZ(3);
-- The admin's activity page reads one shop's webhooks, newest first.
DROP INDEX "WebhookInbox_receivedAt_idx";
CREATE INDEX "WebhookInbox_shopDomain_receivedAt_idx" ON "WebhookInbox"("shopDomain", "receivedAt");
