-- What the buyer paid in, where it was not the shop's own currency: such an order is shown no prices of ours.
ALTER TABLE "Order" ADD COLUMN "presentmentCurrency" TEXT;
