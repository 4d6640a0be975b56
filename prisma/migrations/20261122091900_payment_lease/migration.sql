-- AlterTable
ALTER TABLE "PaymentRanking" ADD COLUMN     "askedAt" TIMESTAMPTZ(3);
