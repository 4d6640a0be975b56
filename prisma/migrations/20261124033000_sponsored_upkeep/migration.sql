-- What the feed said when it was last applied: only what the feed changed since then is taken over, the merchant's own edits stay.
ALTER TABLE "SponsoredCampaign" ADD COLUMN "feedForm" JSONB;
-- Why it was paused by us and not by the merchant, in words for the merchant.
ALTER TABLE "SponsoredCampaign" ADD COLUMN "heldBecause" TEXT;

-- When the partner's shop uninstalled the app, and its partnership ended with it.
ALTER TABLE "PartnerLink" ADD COLUMN "goneAt" TIMESTAMPTZ(3);
