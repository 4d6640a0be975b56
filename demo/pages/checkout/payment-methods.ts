// Which ways to pay the payment step shows: the shop's own, then what the app's payment functions make of them.
import type { Demo } from "../../demo.ts";
import { readFunctions } from "../../function-host/function-files.ts";
import { runFunction } from "../../function-host/run-function.ts";
import { gid } from "../../store/ids.ts";
import { methodName, methodsFor, type PaymentCustomization } from "../../store/payments.ts";
import type { Checkout, CheckoutTotals } from "../../store/types.ts";
import type { Language } from "../buyer.ts";
import { extensionFolder } from "../extension-slots.ts";

export type OfferedMethod = { id: string; gateway: string; name: string };

type Operation = {
  paymentMethodMove?: { paymentMethodId: string; index: number };
  paymentMethodHide?: { paymentMethodId: string };
  paymentMethodRename?: { paymentMethodId: string; name: string };
};

/** A function that fails changes nothing: the buyer can always pay. */
export async function offeredMethods(
  demo: Demo,
  checkout: Checkout,
  totals: CheckoutTotals,
  language: Language,
): Promise<OfferedMethod[]> {
  let methods = methodsFor(checkout.shippingAddress?.countryCode ?? "").map((method, index) => ({
    id: gid("PaymentCustomizationPaymentMethod", index),
    gateway: method.gateway,
    name: methodName(method, language),
  }));
  const functions = readFunctions(extensionFolder(demo));
  for (const customization of demo.store.paymentCustomizations()) {
    const known = functions.find(({ handle }) => handle === customization.functionHandle);
    if (!customization.enabled || !known) continue;
    try {
      const source = inputSource(demo, customization, checkout, totals, language, methods);
      const answer = (await runFunction(known, source)) as { operations: Operation[] };
      methods = applyOperations(methods, answer.operations);
    } catch (error) {
      demo.log.add("demo", `${known.handle} failed: ${String(error)}`, demo.store.shop().domain);
    }
  }
  return methods;
}

/** One after another, as Shopify does. */
function applyOperations(methods: OfferedMethod[], operations: Operation[]): OfferedMethod[] {
  return operations.reduce((list, { paymentMethodMove, paymentMethodHide, paymentMethodRename }) => {
    const without = (id: string) => list.filter((method) => method.id !== id);
    if (paymentMethodHide) return without(paymentMethodHide.paymentMethodId);
    if (paymentMethodMove) {
      const { paymentMethodId, index } = paymentMethodMove;
      const moved = list.filter(({ id }) => id === paymentMethodId);
      return without(paymentMethodId).toSpliced(index, 0, ...moved);
    }
    const renamed = paymentMethodRename!;
    return list.map((each) => (each.id === renamed.paymentMethodId ? { ...each, name: renamed.name } : each));
  }, methods);
}

/** The checkout in the shape of the function schema's `Input`. */
function inputSource(
  demo: Demo,
  customization: PaymentCustomization,
  checkout: Checkout,
  totals: CheckoutTotals,
  language: Language,
  methods: OfferedMethod[],
): object {
  const { store, config } = demo;
  const { contact, shippingAddress } = checkout;
  const money = (minor: number) => ({ amount: (minor / 100).toFixed(1), currencyCode: totals.currency });
  const customer = checkout.customerId === null ? undefined : store.customer(checkout.customerId);
  const allowed = new Set(config.protectedData);
  const address = shippingAddress && { countryCode: shippingAddress.countryCode, city: shippingAddress.city };
  return {
    paymentCustomization: {
      metafield: ({ namespace, key }: { namespace?: string; key: string }) =>
        metafieldOf(demo, customization, namespace, key),
    },
    paymentMethods: methods.map(({ id, name }) => ({ id, name, placements: ["PAYMENT_METHOD"] })),
    presentmentCurrencyRate: "1.0",
    localization: {
      country: { isoCode: shippingAddress?.countryCode ?? store.shop().countryCode },
      language: { isoCode: language.toUpperCase() },
    },
    cart: {
      attribute: ({ key }: { key?: string }) => {
        const value = checkout.attributes?.[key ?? ""];
        return value === undefined ? null : { key, value };
      },
      billingAddress: address,
      deliveryGroups: address ? [{ deliveryAddress: address }] : [],
      cost: { totalAmount: money(totals.total), subtotalAmount: money(totals.subtotal) },
      buyerIdentity: {
        email: allowed.has("email") ? (contact?.email ?? null) : null,
        phone: allowed.has("phone") ? (contact?.phone ?? null) : null,
        isAuthenticated: customer !== undefined,
        customer: customer && { id: gid("Customer", customer.id), numberOfOrders: customer.numberOfOrders },
      },
    },
  };
}

/** Functions see the app's own namespace only by its short name. */
function metafieldOf(demo: Demo, { id }: PaymentCustomization, namespace = "$app", key: string) {
  const own = demo.store.metafields(gid("PaymentCustomization", id));
  const found = own.find(
    (each) => each.key === key && each.namespace.replace(/^app--\d+/, "$app") === namespace,
  );
  return found && { type: found.type, value: found.value, jsonValue: JSON.parse(found.value) as unknown };
}
