import { AdminApiError, type AdminClient } from "#app/shops/admin-client";

/** Our payment customization in Shopify: the calls behind it. All may be repeated. */

/** As in extensions/payment-ranking/shopify.extension.toml. */
const FUNCTION_HANDLE = "postlude-payment-ranking";
const METAFIELD = { namespace: "$app", key: "payment-ranking", type: "json" };

const FIND = `#graphql
  query FindPaymentCustomization {
    paymentCustomizations(first: 50) {
      nodes { id shopifyFunction { handle } }
    }
  }`;

const CREATE = `#graphql
  mutation CreatePaymentCustomization($customization: PaymentCustomizationInput!) {
    paymentCustomizationCreate(paymentCustomization: $customization) {
      paymentCustomization { id }
      userErrors { message code }
    }
  }`;

const SET_CONFIG = `#graphql
  mutation SetPaymentRanking($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      userErrors { message code }
    }
  }`;

const ACTIVATE = `#graphql
  mutation ActivatePaymentCustomization($ids: [ID!]!, $enabled: Boolean!) {
    paymentCustomizationActivation(ids: $ids, enabled: $enabled) {
      userErrors { message code }
    }
  }`;

type UserError = { message: string; code: string | null };

export type Outcome<Done = object> =
  ({ status: "done" } & Done) | { status: "refused"; problem: string } | { status: "gone" };

/** Reasons of Shopify's in the merchant's words. */
const PROBLEMS: Record<string, string> = {
  FUNCTION_NOT_FOUND:
    "Shopify does not have the app's payment function yet. It comes with the app's next version (shopify app deploy).",
  CUSTOM_APP_FUNCTION_NOT_ELIGIBLE:
    "Shopify lets apps that are not in its App Store change the payment step on the Plus plan only.",
  PAYMENT_CUSTOMIZATION_FUNCTION_NOT_ELIGIBLE:
    "Your Shopify plan does not allow changes to the payment step.",
  MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS:
    "All payment customizations that Shopify allows are active. Deactivate one in Settings › Payments, then try again.",
  MAXIMUM_PAYMENT_CUSTOMIZATIONS:
    "Your shop has all payment customizations that Shopify allows. Delete one in Settings › Payments, then try again.",
};

/** The customization that an earlier call made, or null. */
export async function findCustomization(admin: AdminClient): Promise<Outcome<{ gid: string | null }>> {
  return told(async () => {
    const { paymentCustomizations } = await admin.query<{
      paymentCustomizations: { nodes: { id: string; shopifyFunction: { handle: string } }[] };
    }>(FIND);
    const own = paymentCustomizations.nodes.find((each) => each.shopifyFunction.handle === FUNCTION_HANDLE);
    return { status: "done", gid: own?.id ?? null };
  });
}

/** Makes it, inactive: it must not run before it has its metafield. */
export async function createCustomization(
  admin: AdminClient,
  title: string,
): Promise<Outcome<{ gid: string }>> {
  return told(async () => {
    const { paymentCustomizationCreate } = await admin.query<{
      paymentCustomizationCreate: { paymentCustomization: { id: string } | null; userErrors: UserError[] };
    }>(CREATE, { customization: { functionHandle: FUNCTION_HANDLE, title, enabled: false } });
    const { paymentCustomization, userErrors } = paymentCustomizationCreate;
    return paymentCustomization ? { status: "done", gid: paymentCustomization.id } : refusal(userErrors);
  });
}

export async function setConfig(admin: AdminClient, gid: string, config: object): Promise<Outcome> {
  return told(async () => {
    const { metafieldsSet } = await admin.query<{ metafieldsSet: { userErrors: UserError[] } }>(SET_CONFIG, {
      metafields: [{ ...METAFIELD, ownerId: gid, value: JSON.stringify(config) }],
    });
    // Shopify says of a deleted owner only that it is not valid.
    const isGone = metafieldsSet.userErrors.some(({ message }) => /owner/i.test(message));
    return isGone ? { status: "gone" } : outcomeOf(metafieldsSet.userErrors);
  });
}

export async function activate(admin: AdminClient, gid: string, enabled: boolean): Promise<Outcome> {
  return told(async () => {
    const { paymentCustomizationActivation } = await admin.query<{
      paymentCustomizationActivation: { userErrors: UserError[] };
    }>(ACTIVATE, { ids: [gid], enabled });
    return outcomeOf(paymentCustomizationActivation.userErrors);
  });
}

function outcomeOf(errors: UserError[]): Outcome {
  return errors.length === 0 ? { status: "done" } : refusal(errors);
}

function refusal(errors: UserError[]): { status: "refused"; problem: string } | { status: "gone" } {
  if (errors.some(({ code }) => code === "PAYMENT_CUSTOMIZATION_NOT_FOUND")) return { status: "gone" };
  const problem = errors.map(({ code, message }) => PROBLEMS[code ?? ""] ?? message).join(" ");
  return { status: "refused", problem: problem || "Shopify refused without a reason." };
}

/** An answer that no repetition will change is an outcome; everything else throws, and the job runs again. */
async function told<Done extends object>(ask: () => Promise<Outcome<Done>>): Promise<Outcome<Done>> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AdminApiError) || error.kind !== "rejected") throw error;
    const problem = /access denied|access scope/i.test(error.message)
      ? "The app may not change the payment step yet. Open the app anew and accept the new permission."
      : `Shopify answered: ${error.message.slice(0, 300)}`;
    return { status: "refused", problem };
  }
}
