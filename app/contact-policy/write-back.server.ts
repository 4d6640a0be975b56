import type { ShopId, Tx } from "#app/db/tx";
import type { AdminClient } from "#app/shops/admin-client";
import { consentOf, type Keys } from "./consent.server";
import type { ConsentState } from "./contact";

/**
 * Tells Shopify what a person told us. Shopify accepts a change only with a time, and keeps the newer one, so telling
 * it late or twice does no harm.
 */
type NewestConsent = { state: ConsentState; optInLevel: string | null; changedAt: Date };

/**
 * What stands now: a job that runs late tells the present, not what was true when it was asked for. Shopify keeps the consent of a
 * customer's own address only: what was agreed to for another one (an order's) is no news about that.
 */
export async function newestConsent(
  tx: Tx,
  shopId: ShopId,
  { customerGid, channel }: { customerGid: string; channel: ToldChannel },
  keys: Keys,
): Promise<NewestConsent | null> {
  const customer = await tx.customer.findUnique({
    where: { shopId_gid: { shopId, gid: customerGid } },
    select: { email: true, phone: true },
  });
  const address = channel === "email" ? customer?.email : customer?.phone;
  if (address) return consentOf(tx, shopId, { channel, address }, keys);
  return tx.consent.findFirst({
    where: { shopId, customerGid, channel },
    orderBy: { changedAt: "desc" },
    select: { state: true, optInLevel: true, changedAt: true },
  });
}

const UPDATE_EMAIL_CONSENT = `#graphql
  mutation UpdateEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) {
      userErrors { field message }
    }
  }`;

const UPDATE_SMS_CONSENT = `#graphql
  mutation UpdateSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) {
      userErrors { field message }
    }
  }`;

/** What Shopify keeps consent for and takes it from us. */
const TELLING = {
  email: { mutation: UPDATE_EMAIL_CONSENT, field: "emailMarketingConsent" },
  sms: { mutation: UPDATE_SMS_CONSENT, field: "smsMarketingConsent" },
} as const;
export type ToldChannel = keyof typeof TELLING;

export function isTold(channel: string): channel is ToldChannel {
  return channel in TELLING;
}

type Answer = Record<string, { userErrors: { message: string }[] }>;

/** Shopify takes no "not subscribed" for somebody who once was: leaving is "unsubscribed". */
const STATES: Record<ConsentState, string> = {
  subscribed: "SUBSCRIBED",
  unsubscribed: "UNSUBSCRIBED",
  pending: "PENDING",
  not_subscribed: "UNSUBSCRIBED",
};

export async function writeBackConsent(
  admin: AdminClient,
  { customerGid, channel }: { customerGid: string; channel: ToldChannel },
  { state, optInLevel, changedAt }: NewestConsent,
): Promise<{ status: "told" } | { status: "refused"; problems: string[] }> {
  const { mutation, field } = TELLING[channel];
  const answer = await admin.query<Answer>(mutation, {
    input: {
      customerId: customerGid,
      [field]: {
        marketingState: STATES[state],
        marketingOptInLevel: optInLevel ?? "SINGLE_OPT_IN",
        consentUpdatedAt: changedAt.toISOString(),
      },
    },
  });
  const problems = Object.values(answer).flatMap(({ userErrors }) =>
    userErrors.map(({ message }) => message),
  );
  return problems.length > 0 ? { status: "refused", problems } : { status: "told" };
}
