ALTER TABLE "Parcel"
  ADD COLUMN "plannedFor" TIMESTAMPTZ(3),
  ADD COLUMN "inTransitAt" TIMESTAMPTZ(3),
  ADD COLUMN "outForDeliveryAt" TIMESTAMPTZ(3),
  ADD COLUMN "earliestAt" TIMESTAMPTZ(3),
  ADD COLUMN "likelyAt" TIMESTAMPTZ(3),
  ADD COLUMN "latestAt" TIMESTAMPTZ(3),
  ADD COLUMN "forecastDueAt" TIMESTAMPTZ(3);

CREATE INDEX "Parcel_shopId_shippedAt_idx" ON "Parcel"("shopId", "shippedAt");
-- The sweep over all shops: holds only parcels that are on the road.
CREATE INDEX "Parcel_forecast_due" ON "Parcel" ("forecastDueAt") WHERE "forecastDueAt" IS NOT NULL;

CREATE TABLE "ParcelForecast" (
    "shopId" INTEGER NOT NULL,
    "parcelId" UUID NOT NULL,
    "stage" TEXT NOT NULL,
    "earliestAt" TIMESTAMPTZ(3) NOT NULL,
    "likelyAt" TIMESTAMPTZ(3) NOT NULL,
    "latestAt" TIMESTAMPTZ(3) NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "learnt" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "ParcelForecast_pkey" PRIMARY KEY ("shopId","parcelId","stage")
);
ALTER TABLE "ParcelForecast" ADD CONSTRAINT "ParcelForecast_shopId_parcelId_fkey" FOREIGN KEY ("shopId", "parcelId") REFERENCES "Parcel"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "ForecastTails" (
    "shopId" INTEGER NOT NULL,
    "below" DOUBLE PRECISION NOT NULL,
    "above" DOUBLE PRECISION NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ForecastTails_pkey" PRIMARY KEY ("shopId")
);

SELECT keep_tenants_apart('"ParcelForecast"');
SELECT keep_tenants_apart('"ForecastTails"');

-- Parcels that are on the road when this arrives get their first forecast.
UPDATE "Parcel" SET "forecastDueAt" = "shippedAt"
WHERE "deliveredAt" IS NULL AND "cancelledAt" IS NULL AND status NOT IN ('delivered', 'failed', 'ready_for_pickup')
  AND "shippedAt" > now() - INTERVAL '60 days';
