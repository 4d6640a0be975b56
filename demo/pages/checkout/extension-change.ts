// What extensions do to the cart of a running checkout: `applyCartLinesChange` and `applyDiscountCodeChange`.
import type { Demo } from "../../demo.ts";
import { json, text, type DemoRequest, type DemoResponse } from "../../http.ts";
import type { CheckoutChange } from "../../extension-host/run-settings.ts";
import { parseGid } from "../../store/ids.ts";
import type { CodeResult } from "../../store/store.ts";
import { asLanguage } from "../buyer.ts";
import { checkoutOverlay } from "./overlay.ts";

/** Answers with Shopify's result, and with what every extension of the page sees from now on. */
export function changeByExtension(demo: Demo, request: DemoRequest): DemoResponse {
  const token = request.params.token ?? "";
  const checkout = demo.store.checkout(token);
  if (!checkout || checkout.orderId !== null) return text("There is no such checkout.", undefined, 404);
  const result = apply(demo, token, request.data() as CheckoutChange);
  const totals = demo.store.priceCheckout(token);
  return json({
    result: result.status === "applied" ? { type: "success" } : { type: "error", message: result.reason },
    overlay: checkoutOverlay(demo, checkout, totals, asLanguage(checkout.locale)),
  });
}

function apply({ store }: Demo, token: string, change: CheckoutChange): CodeResult {
  const { lines } = store.priceCheckout(token);
  if (change.type === "addCartLine") {
    const variantId = parseGid(change.merchandiseId)?.id ?? 0;
    const before = lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
    return store.setCheckoutQuantity(token, variantId, before + change.quantity);
  }
  if (change.type === "removeCartLine") {
    const line = lines[(parseGid(change.id)?.id ?? 0) - 1];
    if (!line) return { status: "refused", reason: "There is no such line." };
    return store.setCheckoutQuantity(token, line.variantId, Math.max(0, line.quantity - change.quantity));
  }
  if (change.type === "addDiscountCode") return store.applyDiscountCode(token, change.code);
  if (change.type === "removeDiscountCode") {
    store.removeDiscountCode(token, change.code);
    return { status: "applied" };
  }
  return { status: "refused", reason: `Demo store does not model ${(change as { type: string }).type} yet` };
}
