-- Amounts in minor units outgrow 32 bits at 21.4 million: an order in rupiah or pesos does. The code keeps them as
-- numbers (exact up to 2^53), so prisma/schema.prisma says Int; see docs/decisions/0014-large-amounts.md.
ALTER TABLE "Variant"
  ALTER COLUMN "priceMinor" TYPE BIGINT,
  ALTER COLUMN "compareAtMinor" TYPE BIGINT,
  ALTER COLUMN "costMinor" TYPE BIGINT;
ALTER TABLE "Order"
  ALTER COLUMN "subtotalMinor" TYPE BIGINT,
  ALTER COLUMN "discountMinor" TYPE BIGINT,
  ALTER COLUMN "shippingMinor" TYPE BIGINT,
  ALTER COLUMN "taxMinor" TYPE BIGINT,
  ALTER COLUMN "totalMinor" TYPE BIGINT,
  ALTER COLUMN "refundedMinor" TYPE BIGINT;
ALTER TABLE "LineItem"
  ALTER COLUMN "priceMinor" TYPE BIGINT,
  ALTER COLUMN "discountMinor" TYPE BIGINT;
ALTER TABLE "OrderDiscountCode"
  ALTER COLUMN "amountMinor" TYPE BIGINT;
ALTER TABLE "Refund"
  ALTER COLUMN "amountMinor" TYPE BIGINT;
ALTER TABLE "RefundLine"
  ALTER COLUMN "subtotalMinor" TYPE BIGINT;
ALTER TABLE "Placement"
  ALTER COLUMN "revenueMinor" TYPE BIGINT,
  ALTER COLUMN "refundedMinor" TYPE BIGINT;
ALTER TABLE "Offer"
  ALTER COLUMN "minimumMinor" TYPE BIGINT;
ALTER TABLE "OfferDiscount"
  ALTER COLUMN "minimumMinor" TYPE BIGINT;
