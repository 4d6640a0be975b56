-- Points are given per whole unit of a currency, and there are many units in an order in rupiah.
ALTER TABLE "LedgerEntry" ALTER COLUMN "points" TYPE BIGINT;
