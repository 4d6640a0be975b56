-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "ShopStatus" AS ENUM ('installed', 'uninstalled');

-- CreateEnum
CREATE TYPE "InboxStatus" AS ENUM ('pending', 'done', 'ignored', 'malformed', 'failed');

-- CreateEnum
CREATE TYPE "ImportKind" AS ENUM ('products', 'customers', 'orders');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('waiting', 'running', 'reading', 'done', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "ParcelStatus" AS ENUM ('announced', 'in_transit', 'delayed', 'out_for_delivery', 'attempted', 'ready_for_pickup', 'delivered', 'failed');

-- CreateEnum
CREATE TYPE "ConsentState" AS ENUM ('subscribed', 'unsubscribed', 'pending', 'not_subscribed');

-- CreateEnum
CREATE TYPE "MessagePurpose" AS ENUM ('transactional', 'marketing');

-- CreateEnum
CREATE TYPE "MessageState" AS ENUM ('queued', 'sending', 'sent', 'delivered', 'bounced', 'complained', 'failed', 'suppressed', 'unknown');

-- CreateEnum
CREATE TYPE "OfferStatus" AS ENUM ('draft', 'live', 'paused', 'archived');

-- CreateEnum
CREATE TYPE "CodeState" AS ENUM ('pending', 'created', 'failed', 'unknown', 'used');

-- CreateEnum
CREATE TYPE "SurveyStatus" AS ENUM ('draft', 'live', 'paused', 'archived');

-- CreateEnum
CREATE TYPE "LedgerState" AS ENUM ('pending', 'approved', 'void');

-- CreateEnum
CREATE TYPE "JourneyStepState" AS ENUM ('waiting', 'done', 'cancelled');

-- CreateTable
CREATE TABLE "Shop" (
    "id" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "gid" TEXT,
    "name" TEXT NOT NULL DEFAULT '',
    "email" TEXT NOT NULL DEFAULT '',
    "country" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "planName" TEXT NOT NULL DEFAULT '',
    "primaryLocale" TEXT NOT NULL DEFAULT 'en',
    "status" "ShopStatus" NOT NULL DEFAULT 'installed',
    "scopes" TEXT NOT NULL DEFAULT '',
    "installedAt" TIMESTAMPTZ(3) NOT NULL,
    "uninstalledAt" TIMESTAMPTZ(3),
    "redactedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "accessToken" TEXT NOT NULL,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMPTZ(3),
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookInbox" (
    "shopDomain" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "eventId" TEXT,
    "apiVersion" TEXT NOT NULL,
    "triggeredAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" TEXT NOT NULL,
    "status" "InboxStatus" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookInbox_pkey" PRIMARY KEY ("shopDomain","webhookId")
);

-- CreateTable
CREATE TABLE "ShopSettings" (
    "shopId" INTEGER NOT NULL,
    "brand" JSONB NOT NULL DEFAULT '{}',
    "surfaces" JSONB NOT NULL DEFAULT '{}',
    "locales" TEXT[] DEFAULT ARRAY['en']::TEXT[],
    "onboarding" JSONB NOT NULL DEFAULT '{}',
    "guideDismissed" BOOLEAN NOT NULL DEFAULT false,
    "offerFloor" DOUBLE PRECISION NOT NULL DEFAULT 0.02,
    "holdoutPercent" INTEGER NOT NULL DEFAULT 5,

    CONSTRAINT "ShopSettings_pkey" PRIMARY KEY ("shopId")
);

-- CreateTable
CREATE TABLE "ImportRun" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "kind" "ImportKind" NOT NULL,
    "status" "ImportStatus" NOT NULL,
    "bulkOperationId" TEXT,
    "resultUrl" TEXT,
    "objectsTotal" INTEGER NOT NULL DEFAULT 0,
    "objectsDone" INTEGER NOT NULL DEFAULT 0,
    "linesDone" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportRun_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SyncCursor" (
    "shopId" INTEGER NOT NULL,
    "resource" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SyncCursor_pkey" PRIMARY KEY ("shopId","resource")
);

-- CreateTable
CREATE TABLE "Customer" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "email" TEXT,
    "firstName" TEXT,
    "lastName" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "country" TEXT,
    "ordersCount" INTEGER NOT NULL DEFAULT 0,
    "spentMinor" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "firstOrderAt" TIMESTAMPTZ(3),
    "lastOrderAt" TIMESTAMPTZ(3),
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "shopifyUpdatedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "redactedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "Product" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "handle" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "productType" TEXT NOT NULL DEFAULT '',
    "vendor" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[],
    "imageUrl" TEXT,
    "shopifyUpdatedAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Product_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "Variant" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "productGid" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "priceMinor" INTEGER NOT NULL,
    "compareAtMinor" INTEGER,
    "costMinor" INTEGER,
    "inventoryQuantity" INTEGER,
    "available" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Variant_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "Order" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "customerGid" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "country" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL,
    "subtotalMinor" INTEGER NOT NULL DEFAULT 0,
    "discountMinor" INTEGER NOT NULL DEFAULT 0,
    "shippingMinor" INTEGER NOT NULL DEFAULT 0,
    "taxMinor" INTEGER NOT NULL DEFAULT 0,
    "totalMinor" INTEGER NOT NULL,
    "refundedMinor" INTEGER NOT NULL DEFAULT 0,
    "financialStatus" TEXT NOT NULL DEFAULT '',
    "fulfillmentStatus" TEXT NOT NULL DEFAULT '',
    "gateway" TEXT,
    "checkoutToken" TEXT,
    "confirmationNumber" TEXT,
    "statusUrl" TEXT,
    "sourceName" TEXT,
    "landingSite" TEXT,
    "referringSite" TEXT,
    "acceptsMarketing" BOOLEAN NOT NULL DEFAULT false,
    "isFirst" BOOLEAN,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "placedAt" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "shopifyUpdatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "LineItem" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "orderGid" TEXT NOT NULL,
    "productGid" TEXT,
    "variantGid" TEXT,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "refundedQuantity" INTEGER NOT NULL DEFAULT 0,
    "priceMinor" INTEGER NOT NULL,
    "discountMinor" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "LineItem_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "OrderDiscountCode" (
    "shopId" INTEGER NOT NULL,
    "orderGid" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "amountMinor" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "OrderDiscountCode_pkey" PRIMARY KEY ("shopId","orderGid","code")
);

-- CreateTable
CREATE TABLE "Refund" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "orderGid" TEXT NOT NULL,
    "amountMinor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "refundedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Refund_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "RefundLine" (
    "shopId" INTEGER NOT NULL,
    "gid" TEXT NOT NULL,
    "refundGid" TEXT NOT NULL,
    "lineItemGid" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "subtotalMinor" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "RefundLine_pkey" PRIMARY KEY ("shopId","gid")
);

-- CreateTable
CREATE TABLE "Parcel" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "orderGid" TEXT NOT NULL,
    "fulfillmentGid" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "carrier" TEXT,
    "trackingNumber" TEXT,
    "trackingUrl" TEXT,
    "status" "ParcelStatus" NOT NULL DEFAULT 'announced',
    "shippedAt" TIMESTAMPTZ(3) NOT NULL,
    "estimatedDeliveryAt" TIMESTAMPTZ(3),
    "lastScanAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Parcel_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Scan" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "parcelId" UUID NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "message" TEXT,
    "city" TEXT,
    "country" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "estimatedDeliveryAt" TIMESTAMPTZ(3),

    CONSTRAINT "Scan_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "shopId" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "state" "ConsentState" NOT NULL,
    "customerGid" TEXT,
    "optInLevel" TEXT,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("shopId","channel","addressHash")
);

-- CreateTable
CREATE TABLE "ConsentEvent" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "customerGid" TEXT,
    "state" "ConsentState" NOT NULL,
    "source" TEXT NOT NULL,
    "text" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "sourceKey" TEXT NOT NULL,

    CONSTRAINT "ConsentEvent_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Suppression" (
    "shopId" INTEGER NOT NULL,
    "channel" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Suppression_pkey" PRIMARY KEY ("shopId","channel","addressHash")
);

-- CreateTable
CREATE TABLE "MessagePreference" (
    "shopId" INTEGER NOT NULL,
    "addressHash" TEXT NOT NULL,
    "messageType" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessagePreference_pkey" PRIMARY KEY ("shopId","addressHash","messageType","channel")
);

-- CreateTable
CREATE TABLE "Touch" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "personKey" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "marketing" BOOLEAN NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Touch_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Hold" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "personKey" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),

    CONSTRAINT "Hold_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "MessageTemplate" (
    "shopId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "purpose" "MessagePurpose" NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageTemplate_pkey" PRIMARY KEY ("shopId","key")
);

-- CreateTable
CREATE TABLE "MessageTemplateVersion" (
    "shopId" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "MessageTemplateVersion_pkey" PRIMARY KEY ("shopId","key","version")
);

-- CreateTable
CREATE TABLE "Message" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "templateKey" TEXT NOT NULL,
    "templateVersion" INTEGER,
    "purpose" "MessagePurpose" NOT NULL,
    "locale" TEXT NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "parcelId" UUID,
    "recipient" TEXT,
    "recipientHash" TEXT NOT NULL,
    "variables" JSONB NOT NULL DEFAULT '{}',
    "state" "MessageState" NOT NULL,
    "reason" TEXT,
    "providerId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "queuedAt" TIMESTAMPTZ(3) NOT NULL,
    "sendingAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "clickedAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Message_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "MessageLink" (
    "shopId" INTEGER NOT NULL,
    "messageId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "MessageLink_pkey" PRIMARY KEY ("shopId","messageId","position")
);

-- CreateTable
CREATE TABLE "MessageEvent" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "messageId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "link" INTEGER,
    "human" BOOLEAN NOT NULL,
    "why" TEXT,
    "userAgent" TEXT,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MessageEvent_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "surface" TEXT NOT NULL,
    "block" TEXT NOT NULL,
    "personKey" TEXT NOT NULL,
    "customerGid" TEXT,
    "orderGid" TEXT,
    "checkoutToken" TEXT,
    "locale" TEXT NOT NULL,
    "context" JSONB NOT NULL,
    "candidates" JSONB NOT NULL,
    "seed" TEXT NOT NULL,
    "modelVersion" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "Placement" (
    "shopId" INTEGER NOT NULL,
    "decisionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "candidateId" TEXT NOT NULL,
    "personKey" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,
    "impressionAt" TIMESTAMPTZ(3),
    "clickedAt" TIMESTAMPTZ(3),
    "dismissedAt" TIMESTAMPTZ(3),
    "acceptedAt" TIMESTAMPTZ(3),
    "convertedAt" TIMESTAMPTZ(3),
    "orderGid" TEXT,
    "revenueMinor" INTEGER NOT NULL DEFAULT 0,
    "refundedMinor" INTEGER NOT NULL DEFAULT 0,
    "currency" TEXT,

    CONSTRAINT "Placement_pkey" PRIMARY KEY ("shopId","decisionId","position")
);

-- CreateTable
CREATE TABLE "Offer" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "OfferStatus" NOT NULL DEFAULT 'draft',
    "selection" TEXT NOT NULL,
    "productGid" TEXT,
    "excludedGids" TEXT[],
    "discountPercent" INTEGER NOT NULL DEFAULT 0,
    "minimumMinor" INTEGER NOT NULL DEFAULT 0,
    "validDays" INTEGER NOT NULL DEFAULT 14,
    "surfaces" TEXT[],
    "texts" JSONB NOT NULL DEFAULT '{}',
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "discountGid" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "OfferCode" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "offerId" UUID NOT NULL,
    "decisionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "productGid" TEXT NOT NULL,
    "variantGid" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "state" "CodeState" NOT NULL,
    "error" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "orderGid" TEXT,

    CONSTRAINT "OfferCode_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "ProductAffinity" (
    "shopId" INTEGER NOT NULL,
    "productGid" TEXT NOT NULL,
    "otherGid" TEXT NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "together" INTEGER NOT NULL,
    "learntAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProductAffinity_pkey" PRIMARY KEY ("shopId","productGid","otherGid")
);

-- CreateTable
CREATE TABLE "ProductPopularity" (
    "shopId" INTEGER NOT NULL,
    "productGid" TEXT NOT NULL,
    "orders" INTEGER NOT NULL,
    "learntAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProductPopularity_pkey" PRIMARY KEY ("shopId","productGid")
);

-- CreateTable
CREATE TABLE "CandidateStats" (
    "shopId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "candidateId" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "valueMinor" BIGINT NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CandidateStats_pkey" PRIMARY KEY ("shopId","kind","candidateId","surface")
);

-- CreateTable
CREATE TABLE "Survey" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "SurveyStatus" NOT NULL DEFAULT 'draft',
    "surfaces" TEXT[],
    "questions" JSONB NOT NULL,
    "cooldownDays" INTEGER NOT NULL DEFAULT 21,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Survey_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "SurveyResponse" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "surveyId" UUID NOT NULL,
    "respondentKey" TEXT NOT NULL,
    "personKey" TEXT NOT NULL,
    "orderGid" TEXT,
    "customerGid" TEXT,
    "channel" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "score" INTEGER,
    "comment" TEXT,
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SurveyResponse_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "LoyaltyProgram" (
    "shopId" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "name" TEXT NOT NULL DEFAULT 'Rewards',
    "pointsPerUnit" INTEGER NOT NULL DEFAULT 1,
    "joinBonus" INTEGER NOT NULL DEFAULT 100,
    "pendingDays" INTEGER NOT NULL DEFAULT 30,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LoyaltyProgram_pkey" PRIMARY KEY ("shopId")
);

-- CreateTable
CREATE TABLE "LoyaltyMember" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "personKey" TEXT NOT NULL,
    "customerGid" TEXT,
    "joinedVia" TEXT NOT NULL,
    "consentText" TEXT NOT NULL,
    "joinedAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "LoyaltyMember_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "state" "LedgerState" NOT NULL,
    "availableAt" TIMESTAMPTZ(3) NOT NULL,
    "orderGid" TEXT,
    "sourceKey" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "approvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "JourneyStep" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "journey" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "JourneyStepState" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "JourneyStep_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateTable
CREATE TABLE "PrivacyRequest" (
    "shopId" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sourceKey" TEXT NOT NULL,
    "customerGid" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "export" JSONB,
    "deletedRows" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "PrivacyRequest_pkey" PRIMARY KEY ("shopId","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Shop_domain_key" ON "Shop"("domain");

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE INDEX "WebhookInbox_receivedAt_idx" ON "WebhookInbox"("receivedAt");

-- CreateIndex
CREATE INDEX "ImportRun_shopId_startedAt_idx" ON "ImportRun"("shopId", "startedAt");

-- CreateIndex
CREATE INDEX "Customer_shopId_email_idx" ON "Customer"("shopId", "email");

-- CreateIndex
CREATE INDEX "Product_shopId_productType_idx" ON "Product"("shopId", "productType");

-- CreateIndex
CREATE INDEX "Variant_shopId_productGid_idx" ON "Variant"("shopId", "productGid");

-- CreateIndex
CREATE INDEX "Order_shopId_placedAt_idx" ON "Order"("shopId", "placedAt");

-- CreateIndex
CREATE INDEX "Order_shopId_customerGid_placedAt_idx" ON "Order"("shopId", "customerGid", "placedAt");

-- CreateIndex
CREATE INDEX "Order_shopId_checkoutToken_idx" ON "Order"("shopId", "checkoutToken");

-- CreateIndex
CREATE INDEX "Order_shopId_email_idx" ON "Order"("shopId", "email");

-- CreateIndex
CREATE INDEX "LineItem_shopId_orderGid_idx" ON "LineItem"("shopId", "orderGid");

-- CreateIndex
CREATE INDEX "LineItem_shopId_productGid_idx" ON "LineItem"("shopId", "productGid");

-- CreateIndex
CREATE INDEX "OrderDiscountCode_shopId_code_idx" ON "OrderDiscountCode"("shopId", "code");

-- CreateIndex
CREATE INDEX "Refund_shopId_orderGid_idx" ON "Refund"("shopId", "orderGid");

-- CreateIndex
CREATE INDEX "RefundLine_shopId_refundGid_idx" ON "RefundLine"("shopId", "refundGid");

-- CreateIndex
CREATE INDEX "Parcel_shopId_orderGid_idx" ON "Parcel"("shopId", "orderGid");

-- CreateIndex
CREATE INDEX "Parcel_shopId_status_lastScanAt_idx" ON "Parcel"("shopId", "status", "lastScanAt");

-- CreateIndex
CREATE UNIQUE INDEX "Parcel_shopId_fulfillmentGid_key" ON "Parcel"("shopId", "fulfillmentGid");

-- CreateIndex
CREATE INDEX "Scan_shopId_parcelId_happenedAt_idx" ON "Scan"("shopId", "parcelId", "happenedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Scan_shopId_sourceKey_key" ON "Scan"("shopId", "sourceKey");

-- CreateIndex
CREATE INDEX "Consent_shopId_customerGid_idx" ON "Consent"("shopId", "customerGid");

-- CreateIndex
CREATE INDEX "ConsentEvent_shopId_channel_addressHash_happenedAt_idx" ON "ConsentEvent"("shopId", "channel", "addressHash", "happenedAt");

-- CreateIndex
CREATE UNIQUE INDEX "ConsentEvent_shopId_sourceKey_key" ON "ConsentEvent"("shopId", "sourceKey");

-- CreateIndex
CREATE INDEX "Touch_shopId_personKey_happenedAt_idx" ON "Touch"("shopId", "personKey", "happenedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Touch_shopId_sourceKey_key" ON "Touch"("shopId", "sourceKey");

-- CreateIndex
CREATE INDEX "Hold_shopId_personKey_endsAt_idx" ON "Hold"("shopId", "personKey", "endsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Hold_shopId_sourceKey_key" ON "Hold"("shopId", "sourceKey");

-- CreateIndex
CREATE INDEX "Message_shopId_queuedAt_idx" ON "Message"("shopId", "queuedAt");

-- CreateIndex
CREATE INDEX "Message_shopId_customerGid_queuedAt_idx" ON "Message"("shopId", "customerGid", "queuedAt");

-- CreateIndex
CREATE INDEX "Message_shopId_recipientHash_idx" ON "Message"("shopId", "recipientHash");

-- CreateIndex
CREATE INDEX "Message_shopId_orderGid_idx" ON "Message"("shopId", "orderGid");

-- CreateIndex
CREATE UNIQUE INDEX "Message_shopId_dedupeKey_key" ON "Message"("shopId", "dedupeKey");

-- CreateIndex
CREATE INDEX "MessageEvent_shopId_messageId_happenedAt_idx" ON "MessageEvent"("shopId", "messageId", "happenedAt");

-- CreateIndex
CREATE INDEX "Decision_shopId_decidedAt_idx" ON "Decision"("shopId", "decidedAt");

-- CreateIndex
CREATE INDEX "Decision_shopId_orderGid_idx" ON "Decision"("shopId", "orderGid");

-- CreateIndex
CREATE INDEX "Decision_shopId_personKey_decidedAt_idx" ON "Decision"("shopId", "personKey", "decidedAt");

-- CreateIndex
CREATE INDEX "Placement_shopId_kind_candidateId_decidedAt_idx" ON "Placement"("shopId", "kind", "candidateId", "decidedAt");

-- CreateIndex
CREATE INDEX "Placement_shopId_personKey_kind_candidateId_idx" ON "Placement"("shopId", "personKey", "kind", "candidateId");

-- CreateIndex
CREATE INDEX "Placement_shopId_orderGid_idx" ON "Placement"("shopId", "orderGid");

-- CreateIndex
CREATE INDEX "Offer_shopId_status_idx" ON "Offer"("shopId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "OfferCode_shopId_decisionId_position_key" ON "OfferCode"("shopId", "decisionId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "OfferCode_shopId_code_key" ON "OfferCode"("shopId", "code");

-- CreateIndex
CREATE INDEX "Survey_shopId_status_idx" ON "Survey"("shopId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "Survey_shopId_key_key" ON "Survey"("shopId", "key");

-- CreateIndex
CREATE INDEX "SurveyResponse_shopId_surveyId_answeredAt_idx" ON "SurveyResponse"("shopId", "surveyId", "answeredAt");

-- CreateIndex
CREATE INDEX "SurveyResponse_shopId_customerGid_idx" ON "SurveyResponse"("shopId", "customerGid");

-- CreateIndex
CREATE INDEX "SurveyResponse_shopId_orderGid_idx" ON "SurveyResponse"("shopId", "orderGid");

-- CreateIndex
CREATE UNIQUE INDEX "SurveyResponse_shopId_surveyId_respondentKey_key" ON "SurveyResponse"("shopId", "surveyId", "respondentKey");

-- CreateIndex
CREATE INDEX "LoyaltyMember_shopId_customerGid_idx" ON "LoyaltyMember"("shopId", "customerGid");

-- CreateIndex
CREATE UNIQUE INDEX "LoyaltyMember_shopId_personKey_key" ON "LoyaltyMember"("shopId", "personKey");

-- CreateIndex
CREATE INDEX "LedgerEntry_shopId_memberId_createdAt_idx" ON "LedgerEntry"("shopId", "memberId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_shopId_sourceKey_key" ON "LedgerEntry"("shopId", "sourceKey");

-- CreateIndex
CREATE UNIQUE INDEX "JourneyStep_shopId_dedupeKey_key" ON "JourneyStep"("shopId", "dedupeKey");

-- CreateIndex
CREATE INDEX "PrivacyRequest_shopId_receivedAt_idx" ON "PrivacyRequest"("shopId", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "PrivacyRequest_shopId_sourceKey_key" ON "PrivacyRequest"("shopId", "sourceKey");

-- AddForeignKey
ALTER TABLE "ShopSettings" ADD CONSTRAINT "ShopSettings_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_shopId_productGid_fkey" FOREIGN KEY ("shopId", "productGid") REFERENCES "Product"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LineItem" ADD CONSTRAINT "LineItem_shopId_orderGid_fkey" FOREIGN KEY ("shopId", "orderGid") REFERENCES "Order"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderDiscountCode" ADD CONSTRAINT "OrderDiscountCode_shopId_orderGid_fkey" FOREIGN KEY ("shopId", "orderGid") REFERENCES "Order"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Refund" ADD CONSTRAINT "Refund_shopId_orderGid_fkey" FOREIGN KEY ("shopId", "orderGid") REFERENCES "Order"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RefundLine" ADD CONSTRAINT "RefundLine_shopId_refundGid_fkey" FOREIGN KEY ("shopId", "refundGid") REFERENCES "Refund"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parcel" ADD CONSTRAINT "Parcel_shopId_orderGid_fkey" FOREIGN KEY ("shopId", "orderGid") REFERENCES "Order"("shopId", "gid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scan" ADD CONSTRAINT "Scan_shopId_parcelId_fkey" FOREIGN KEY ("shopId", "parcelId") REFERENCES "Parcel"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageTemplateVersion" ADD CONSTRAINT "MessageTemplateVersion_shopId_key_fkey" FOREIGN KEY ("shopId", "key") REFERENCES "MessageTemplate"("shopId", "key") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageLink" ADD CONSTRAINT "MessageLink_shopId_messageId_fkey" FOREIGN KEY ("shopId", "messageId") REFERENCES "Message"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MessageEvent" ADD CONSTRAINT "MessageEvent_shopId_messageId_fkey" FOREIGN KEY ("shopId", "messageId") REFERENCES "Message"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Placement" ADD CONSTRAINT "Placement_shopId_decisionId_fkey" FOREIGN KEY ("shopId", "decisionId") REFERENCES "Decision"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OfferCode" ADD CONSTRAINT "OfferCode_shopId_offerId_fkey" FOREIGN KEY ("shopId", "offerId") REFERENCES "Offer"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyResponse" ADD CONSTRAINT "SurveyResponse_shopId_surveyId_fkey" FOREIGN KEY ("shopId", "surveyId") REFERENCES "Survey"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_shopId_memberId_fkey" FOREIGN KEY ("shopId", "memberId") REFERENCES "LoyaltyMember"("shopId", "id") ON DELETE CASCADE ON UPDATE CASCADE;



-- ───────────── Tenants apart (design rule 5) ─────────────
-- The app works as role `postlude_app`, which row-level security binds; `inShop` names the shop for one transaction.
-- Without a named shop current_setting is empty and no tenant row is visible: forgetting fails closed.
DO $$
BEGIN
  CREATE ROLE postlude_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  EXECUTE format('GRANT postlude_app TO %I', current_user);
END $$;
GRANT USAGE ON SCHEMA public TO postlude_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO postlude_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO postlude_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO postlude_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO postlude_app;

CREATE FUNCTION current_shop_id() RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.shop_id', true), '')::integer;

CREATE FUNCTION keep_tenants_apart(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
  EXECUTE format('CREATE POLICY tenant ON %s USING ("shopId" = current_shop_id()) WITH CHECK ("shopId" = current_shop_id())', tbl);
END $$;

DO $$
DECLARE t text;
BEGIN
  FOR t IN
    SELECT format('%I', c.table_name) FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'shopId' AND t.table_type = 'BASE TABLE'
  LOOP
    PERFORM keep_tenants_apart(t::regclass);
  END LOOP;
END $$;

-- Sweeps look for due rows over all shops, then work inside one shop at a time. Their role may only read, and only these tables.
DO $$
BEGIN
  CREATE ROLE postlude_sweeper NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
DECLARE t text;
BEGIN
  EXECUTE format('GRANT postlude_sweeper TO %I', current_user);
  GRANT USAGE ON SCHEMA public TO postlude_sweeper;
  GRANT SELECT ON "Shop", "WebhookInbox" TO postlude_sweeper;
  FOREACH t IN ARRAY ARRAY['Message', 'LedgerEntry', 'JourneyStep', 'ImportRun', 'SyncCursor', 'OfferCode', 'Parcel'] LOOP
    EXECUTE format('GRANT SELECT ON %I TO postlude_sweeper', t);
    EXECUTE format('CREATE POLICY sweep ON %I FOR SELECT TO postlude_sweeper USING (true)', t);
  END LOOP;
END $$;

-- ───────────── Queue (pg-boss) ─────────────
-- pg-boss makes its own tables here; the app role may enqueue inside its transactions.
CREATE SCHEMA IF NOT EXISTS pgboss;
GRANT USAGE ON SCHEMA pgboss TO postlude_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT ALL ON TABLES TO postlude_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT ALL ON SEQUENCES TO postlude_app;

-- ───────────── Small indexes for the sweeps: they hold only what is waiting ─────────────
CREATE INDEX "WebhookInbox_waiting" ON "WebhookInbox" ("nextAttemptAt") WHERE status = 'pending';
CREATE INDEX "Message_waiting" ON "Message" ("dueAt") WHERE state = 'queued';
CREATE INDEX "LedgerEntry_waiting" ON "LedgerEntry" ("availableAt") WHERE state = 'pending';
CREATE INDEX "JourneyStep_waiting" ON "JourneyStep" ("dueAt") WHERE state = 'waiting';

-- A body is text, compressed with lz4 where the server has it: twice as fast to store as jsonb.
DO $$
BEGIN
  ALTER TABLE "WebhookInbox" ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
