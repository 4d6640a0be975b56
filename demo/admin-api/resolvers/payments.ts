// Payment customizations: which of the app's functions change the payment step.
import { extensionFolder } from "../../pages/extension-slots.ts";
import { readFunctions } from "../../function-host/function-files.ts";
import { gid, idOf } from "../../store/ids.ts";
import type { PaymentCustomization } from "../../store/payments.ts";
import { userError, type AdminContext, type Arguments, type Fields } from "../context.ts";
import { metafieldFields } from "./shop.ts";

/** Shopify allows this many active ones in a shop. */
const MOST_ACTIVE = 25;

export const paymentCustomizationType: Fields<PaymentCustomization> = {
  id: (customization) => gid("PaymentCustomization", customization.id),
  title: (customization) => customization.title,
  enabled: (customization) => customization.enabled,
  functionId: (customization) => customization.functionHandle,
  shopifyFunction: (customization) => ({
    id: customization.functionHandle,
    handle: customization.functionHandle,
    title: customization.functionHandle,
    apiType: "payment_customization",
  }),
  errorHistory: () => null,
  ...metafieldFields<PaymentCustomization>("PaymentCustomization"),
};

type CustomizationInput = { title?: string; enabled?: boolean; functionHandle?: string };

export function createCustomization(_: unknown, args: Arguments, context: AdminContext) {
  const input = args.paymentCustomization as CustomizationInput;
  const problem = problemOf(input, context);
  if (problem) return { paymentCustomization: null, userErrors: [problem] };
  const customization = context.store.addPaymentCustomization({
    title: input.title ?? "",
    enabled: input.enabled ?? false,
    functionHandle: input.functionHandle!,
  });
  return { paymentCustomization: customization, userErrors: [] };
}

function problemOf(input: CustomizationInput, context: AdminContext) {
  const refuse = (field: string, message: string, code: string) =>
    userError("PaymentCustomizationError", ["paymentCustomization", field], message, code);
  if (!input.functionHandle)
    return refuse("functionHandle", "A function must be named.", "MISSING_FUNCTION_IDENTIFIER");
  const known = readFunctions(extensionFolder(context)).some(({ handle }) => handle === input.functionHandle);
  if (!known) return refuse("functionHandle", "Function not found.", "FUNCTION_NOT_FOUND");
  if (input.enabled && activeCount(context) >= MOST_ACTIVE) return tooMany();
  return undefined;
}

export function updateCustomization(_: unknown, args: Arguments, context: AdminContext) {
  const customization = customizationById(args.id, context);
  if (!customization) return { paymentCustomization: null, userErrors: [notFound()] };
  const { title, enabled } = args.paymentCustomization as CustomizationInput;
  const changed = context.store.changePaymentCustomization(customization.id, {
    ...(title === undefined ? {} : { title }),
    ...(enabled === undefined ? {} : { enabled }),
  });
  return { paymentCustomization: changed, userErrors: [] };
}

export function activateCustomizations(_: unknown, args: Arguments, context: AdminContext) {
  const { ids, enabled } = args as { ids: string[]; enabled: boolean };
  const found = ids.map((id) => customizationById(id, context));
  if (found.some((each) => !each)) return { ids: null, userErrors: [notFound()] };
  const added = found.filter((each) => enabled && !each!.enabled).length;
  if (added > 0 && activeCount(context) + added > MOST_ACTIVE) return { ids: null, userErrors: [tooMany()] };
  for (const each of found) context.store.changePaymentCustomization(each!.id, { enabled });
  return { ids, userErrors: [] };
}

export function deleteCustomization(_: unknown, args: Arguments, context: AdminContext) {
  const customization = customizationById(args.id, context);
  if (!customization) return { deletedId: null, userErrors: [notFound()] };
  context.store.removePaymentCustomization(customization.id);
  return { deletedId: args.id, userErrors: [] };
}

export function customizationById(id: unknown, context: AdminContext): PaymentCustomization | undefined {
  const number = idOf("PaymentCustomization", id);
  return context.store.paymentCustomizations().find((each) => each.id === number);
}

function activeCount({ store }: AdminContext): number {
  return store.paymentCustomizations().filter(({ enabled }) => enabled).length;
}

function notFound() {
  return userError(
    "PaymentCustomizationError",
    ["id"],
    "Could not find PaymentCustomization.",
    "PAYMENT_CUSTOMIZATION_NOT_FOUND",
  );
}

function tooMany() {
  return userError(
    "PaymentCustomizationError",
    ["enabled"],
    `Maximum of ${MOST_ACTIVE} active payment customizations are allowed.`,
    "MAXIMUM_ACTIVE_PAYMENT_CUSTOMIZATIONS",
  );
}
