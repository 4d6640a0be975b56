-- What exactly was shown (a product of an offer), and how far the learner has counted the placement.
ALTER TABLE "Placement" ADD COLUMN "subject" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Placement" ADD COLUMN "payload" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Placement" ADD COLUMN "learnt" SMALLINT NOT NULL DEFAULT 0;

-- The candidates of a decision are written on every page view and read when somebody asks: text that is checked, not
-- taken apart; compressed with lz4 where the server has it.
ALTER TABLE "Decision" ALTER COLUMN "candidates" TYPE JSON USING "candidates"::text::json;
ALTER TABLE "Decision" ALTER COLUMN "context" TYPE JSON USING "context"::text::json;
DO $$
BEGIN
  ALTER TABLE "Decision" ALTER COLUMN "candidates" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;

-- The learner's sweep: only placements with an outcome that is not yet counted.
CREATE INDEX "Placement_unlearnt" ON "Placement" ("shopId", "decisionId")
  WHERE "impressionAt" IS NOT NULL AND ("learnt" = 0 OR ("learnt" = 1 AND "acceptedAt" IS NOT NULL));
GRANT SELECT ON "Placement" TO postlude_sweeper;
CREATE POLICY sweep ON "Placement" FOR SELECT TO postlude_sweeper USING (true);

-- One Shopify discount per offer, product and end date, so that price, minimum and expiry are real at the checkout.
CREATE TABLE "OfferDiscount" (
  "shopId" INTEGER NOT NULL,
  "id" UUID NOT NULL,
  "offerId" UUID NOT NULL,
  "productGid" TEXT NOT NULL,
  "discountPercent" INTEGER NOT NULL,
  "minimumMinor" INTEGER NOT NULL,
  "endsAt" TIMESTAMPTZ(3) NOT NULL,
  "firstCode" TEXT NOT NULL,
  "discountGid" TEXT,
  "state" "CodeState" NOT NULL,
  "error" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "OfferDiscount_pkey" PRIMARY KEY ("shopId", "id"),
  CONSTRAINT "OfferDiscount_offer_fkey" FOREIGN KEY ("shopId", "offerId")
    REFERENCES "Offer" ("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "OfferDiscount_terms_key"
  ON "OfferDiscount" ("shopId", "offerId", "productGid", "discountPercent", "minimumMinor", "endsAt");
SELECT keep_tenants_apart('"OfferDiscount"');
ALTER TABLE "Offer" DROP COLUMN "discountGid";

-- Codes may be made ahead of the shopper who takes them: then no decision owns them yet.
ALTER TABLE "OfferCode" ALTER COLUMN "decisionId" DROP NOT NULL;
ALTER TABLE "OfferCode" ALTER COLUMN "position" DROP NOT NULL;
ALTER TABLE "OfferCode" ADD COLUMN "discountId" UUID;
CREATE INDEX "OfferCode_ready" ON "OfferCode" ("shopId", "discountId")
  WHERE "decisionId" IS NULL AND "state" = 'created';

-- P(yes) is a few percent and a margin about half: two percent of the order's value would let nothing through.
ALTER TABLE "ShopSettings" ALTER COLUMN "offerFloor" SET DEFAULT 0.002;
