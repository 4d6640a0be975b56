/**
 * Where personal data lies: every table that knows a person, how their rows are found, and what redaction does to them.
 * A test fails for a table that stands in neither list, so that a new one cannot be forgotten.
 */

/** What identifies one person in one shop. Each name is a list that rows are matched against. */
export type Person = {
  customers: string[];
  orders: string[];
  /** Person keys: customer gids and "order:<gid>". */
  keys: string[];
  emails: string[];
  phones: string[];
  /** Keyed hashes of e-mail addresses and phone numbers. */
  hashes: string[];
};
export type PersonList = keyof Person;

export type PersonTable = {
  table: string;
  /** Column → the list it is matched against; one match is enough. */
  match?: Record<string, PersonList>;
  /** Rows that belong to a matched row of another table. */
  through?: { column: string; table: string; key: string };
  /** "delete", or column → SQL of its new value. */
  redact: "delete" | Record<string, string>;
};

/** Children stand before their parents: a redacted parent can no longer be matched. */
export const PERSON_DATA: PersonTable[] = [
  {
    table: "MessageEvent",
    through: { column: "messageId", table: "Message", key: "id" },
    redact: { userAgent: "NULL" },
  },
  {
    table: "MessageLink",
    through: { column: "messageId", table: "Message", key: "id" },
    redact: { url: "''" },
  },
  {
    table: "InboxEntry",
    match: { customerGid: "customers", orderGid: "orders" },
    redact: "delete",
  },
  {
    table: "PhoneTask",
    match: { customerGid: "customers", orderGid: "orders", phone: "phones" },
    redact: { customerGid: "NULL", orderGid: "NULL", phone: "NULL", note: "''" },
  },
  {
    table: "PushSubscription",
    match: { customerGid: "customers", orderGid: "orders" },
    redact: "delete",
  },
  {
    table: "Message",
    match: { customerGid: "customers", orderGid: "orders", recipientHash: "hashes" },
    redact: {
      state: `CASE WHEN state IN ('queued', 'sending') THEN 'suppressed'::"MessageState" ELSE state END`,
      reason: `CASE WHEN state IN ('queued', 'sending') THEN 'redacted' ELSE reason END`,
      recipient: "NULL",
      recipientHash: "'redacted'",
      variables: "'{}'",
      customerGid: "NULL",
    },
  },
  {
    table: "CaseEntry",
    through: { column: "caseId", table: "Case", key: "id" },
    redact: { text: "''" },
  },
  {
    // How many cases there were stays; there is nobody left to answer.
    table: "Case",
    match: { personKey: "keys", customerGid: "customers", orderGid: "orders" },
    redact: {
      personKey: "'redacted'",
      subject: "'redacted:' || id",
      customerGid: "NULL",
      orderGid: "NULL",
      state: `'solved'::"CaseState"`,
      answerDueAt: "NULL",
    },
  },
  { table: "Consent", match: { customerGid: "customers", addressHash: "hashes" }, redact: "delete" },
  { table: "ConsentEvent", match: { customerGid: "customers", addressHash: "hashes" }, redact: "delete" },
  { table: "MessagePreference", match: { addressHash: "hashes" }, redact: "delete" },
  // Kept, and added to: without it we would mail a person again who asked to be forgotten.
  { table: "Suppression", match: { addressHash: "hashes" }, redact: {} },
  { table: "Exposure", match: { personKey: "keys", orderGid: "orders" }, redact: "delete" },
  { table: "Touch", match: { personKey: "keys" }, redact: "delete" },
  { table: "Hold", match: { personKey: "keys" }, redact: "delete" },
  {
    table: "SponsoredConversion",
    through: { column: "clickId", table: "SponsoredClick", key: "id" },
    redact: {},
  },
  {
    table: "SponsoredClick",
    through: { column: "decisionId", table: "Decision", key: "id" },
    redact: { visitorHash: "NULL" },
  },
  { table: "OfferCode", through: { column: "decisionId", table: "Decision", key: "id" }, redact: {} },
  { table: "OfferOrderEdit", match: { orderGid: "orders" }, redact: { payUrl: "NULL", orderName: "NULL" } },
  {
    table: "Placement",
    match: { personKey: "keys", orderGid: "orders" },
    redact: { personKey: "'redacted'" },
  },
  {
    table: "Decision",
    match: { personKey: "keys", customerGid: "customers", orderGid: "orders" },
    redact: {
      personKey: "'redacted'",
      customerGid: "NULL",
      orderGid: "NULL",
      checkoutToken: "NULL",
      context: "'{}'",
    },
  },
  {
    table: "SurveyResponse",
    match: { personKey: "keys", respondentKey: "keys", customerGid: "customers", orderGid: "orders" },
    // Scores stay for the shop's figures; words may tell who wrote them.
    redact: {
      personKey: "'redacted'",
      respondentKey: "'redacted:' || id",
      customerGid: "NULL",
      orderGid: "NULL",
      answers: "'{}'",
      comment: "NULL",
    },
  },
  {
    table: "LedgerEntry",
    through: { column: "memberId", table: "LoyaltyMember", key: "id" },
    redact: "delete",
  },
  { table: "LoyaltyMember", match: { personKey: "keys", customerGid: "customers" }, redact: "delete" },
  {
    table: "JourneyIntent",
    match: { customerGid: "customers" },
    redact: {
      customerGid: "NULL",
      payload: "'{}'",
      state: `CASE WHEN state IN ('pending', 'unknown') THEN 'failed'::"JourneyIntentState" ELSE state END`,
    },
  },
  {
    // Who waits stays in the count until the wait is over; then there is nobody to act for.
    table: "Enrolment",
    match: { personKey: "keys", customerGid: "customers", orderGid: "orders" },
    redact: {
      personKey: "'redacted'",
      customerGid: "NULL",
      orderGid: "NULL",
      parcelId: "NULL",
      about: "'{}'",
      subject: "'redacted'",
      occurrence: "'redacted:' || id",
    },
  },
  { table: "JourneyClock", match: { customerGid: "customers" }, redact: "delete" },
  { table: "DeliveryPromise", match: { orderGid: "orders" }, redact: "delete" },
  { table: "DeliveryException", match: { orderGid: "orders" }, redact: "delete" },
  { table: "DeliveryClock", match: { orderGid: "orders" }, redact: "delete" },
  // When somebody's parcel was expected says nothing once the parcel belongs to nobody.
  { table: "ParcelForecast", through: { column: "parcelId", table: "Parcel", key: "id" }, redact: {} },
  {
    table: "Scan",
    through: { column: "parcelId", table: "Parcel", key: "id" },
    redact: { city: "NULL", message: "NULL" },
  },
  {
    table: "Parcel",
    match: { orderGid: "orders" },
    redact: { trackingNumber: "NULL", trackingKey: "NULL", trackingUrl: "NULL" },
  },
  { table: "RefundLine", through: { column: "refundGid", table: "Refund", key: "gid" }, redact: {} },
  { table: "Refund", match: { orderGid: "orders" }, redact: {} },
  { table: "OrderDiscountCode", match: { orderGid: "orders" }, redact: {} },
  { table: "PaymentOrder", match: { orderGid: "orders" }, redact: {} },
  { table: "LineItem", match: { orderGid: "orders" }, redact: {} },
  {
    table: "Order",
    match: { gid: "orders", customerGid: "customers" },
    redact: {
      customerGid: "NULL",
      email: "NULL",
      phone: "NULL",
      statusUrl: "NULL",
      checkoutToken: "NULL",
      cartToken: "NULL",
      confirmationNumber: "NULL",
      landingSite: "NULL",
      referringSite: "NULL",
    },
  },
  {
    table: "Customer",
    match: { gid: "customers" },
    redact: {
      email: "NULL",
      firstName: "NULL",
      lastName: "NULL",
      phone: "NULL",
      locale: "NULL",
      country: "NULL",
      attributes: "'{}'",
      tags: "'{}'",
    },
  },
  {
    // Closed when the erasure began (privacy.server.ts); what was asked after that has nothing left to hand over either.
    table: "PrivacyRequest",
    match: { customerGid: "customers" },
    redact: {
      export: "NULL",
      person: "NULL",
      erasedFirst: `"erasedFirst" OR "doneAt" IS NULL`,
      doneAt: `coalesce("doneAt", "receivedAt")`,
    },
  },
];

/** Tenant tables that know no person. */
export const WITHOUT_PERSONS = [
  "ShopSettings",
  "ImportRun",
  "SyncCursor",
  "Product",
  "Variant",
  "Collection",
  "CollectionProduct",
  "Tip",
  "MessageTemplate",
  "MessageTemplateVersion",
  "ContactSettings",
  "ChannelAccount",
  "MessageCampaign",
  "Offer",
  "OfferDiscount",
  "ForecastTails",
  "DeliverySettings",
  "TrackingAttempt",
  "TrackingSource",
  "WaitingScan",
  "ShopLocation",
  "PaymentRanking",
  "ProductAffinity",
  "ProductPopularity",
  "AffinityModel",
  "CompanionRule",
  "CollectionRule",
  "CandidateStats",
  "DecisionModel",
  "Experiment",
  "ExposureFold",
  "OfferChance",
  "WhatIf",
  "SponsoredSettings",
  "Advertiser",
  "SponsoredCampaign",
  "SponsoredEntry",
  "PartnerLink",
  "PartnerOffer",
  "Survey",
  "CaseSettings",
  "LoyaltyProgram",
  "Journey",
  "JourneyVersion",
  "JourneyCount",
  "ReorderRhythm",
];

/** The SQL that finds a table's rows `t` of a person: $1 is the shop, $2 the person as JSON. */
export function whereOf(table: PersonTable): string {
  // An array, not a subquery: only so can Postgres take an index for each of several columns instead of the whole table.
  const among = (list: PersonList) =>
    `= ANY (ARRAY(SELECT jsonb_array_elements_text($2::jsonb -> '${list}')))`;
  if (table.through) {
    const { column, table: parentName, key } = table.through;
    const parent = PERSON_DATA.find((entry) => entry.table === parentName)!;
    return `t."shopId" = $1 AND t."${column}" IN (SELECT t."${key}" FROM "${parentName}" t WHERE ${whereOf(parent)})`;
  }
  const conditions = Object.entries(table.match ?? {}).map(
    ([column, list]) => `t."${column}" ${among(list)}`,
  );
  return `t."shopId" = $1 AND (${conditions.join(" OR ")})`;
}
