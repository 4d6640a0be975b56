import type { ShopId, Tx } from "#app/db/tx";
import type { AdminClient } from "#app/shops/admin-client";
import { consentOf, type ConsentChange, type Keys } from "./consent.server";
import type { ConsentState } from "./contact";

/**
 * The tick at checkout. Shopify tells changes of consent, but of a customer who is new with the order it may tell none.
 * Then the customer is asked for. `buyer_accepts_marketing` of the order is no consent: it says nothing about what the
 * person ticked or when.
 */
export type NewBuyer = { customerGid: string; placedAt: Date };

/** The buyer of an order whose consent we do not know; null where we do, or where there is nobody to ask about. */
export async function buyerWithoutConsent(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  keys: Keys,
): Promise<NewBuyer | null> {
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    select: { customerGid: true, email: true, placedAt: true },
  });
  if (!order?.customerGid || !order.email) return null;
  const known = await consentOf(tx, shopId, { channel: "email", address: order.email }, keys);
  return known ? null : { customerGid: order.customerGid, placedAt: order.placedAt };
}

const CUSTOMER_CONSENT = `#graphql
  query CustomerConsent($id: ID!) {
    customer(id: $id) {
      defaultEmailAddress {
        emailAddress
        marketingState
        marketingOptInLevel
        marketingUpdatedAt
      }
    }
  }`;

type Answer = {
  customer: {
    defaultEmailAddress: {
      emailAddress: string | null;
      marketingState: string;
      marketingOptInLevel: string | null;
      marketingUpdatedAt: string | null;
    } | null;
  } | null;
};

const STATES: readonly ConsentState[] = ["subscribed", "unsubscribed", "pending", "not_subscribed"];

/**
 * Asks Shopify what this buyer agreed to.
 * @returns the consent to record, or null where Shopify knows no address or no state of it
 * @throws AdminApiError
 */
export async function fetchConsent(
  admin: AdminClient,
  { customerGid, placedAt }: NewBuyer,
): Promise<ConsentChange | null> {
  const { customer } = await admin.query<Answer>(CUSTOMER_CONSENT, { id: customerGid });
  const email = customer?.defaultEmailAddress;
  const state = STATES.find((known) => known === email?.marketingState.toLowerCase());
  if (!email?.emailAddress || !state) return null;
  const changedAt = email.marketingUpdatedAt ? new Date(email.marketingUpdatedAt) : placedAt;
  return {
    channel: "email",
    address: email.emailAddress,
    customerGid,
    state,
    optInLevel: email.marketingOptInLevel,
    source: "shopify",
    changedAt,
    // The same words as the webhook's, so that both tellings of one act are one proof.
    sourceKey: `shopify:${customerGid}:${state}:${changedAt.toISOString()}`,
  };
}
