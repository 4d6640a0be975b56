-- When a survey may be asked: after the purchase, or after the first parcel has arrived.
ALTER TABLE "Survey" ADD COLUMN "timing" TEXT NOT NULL DEFAULT 'purchase';
