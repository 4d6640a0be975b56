import { useEffect, useState } from "preact/hooks";
import type { OrderStatusRequest, OrderStatusResponse } from "./contract";
import { actorOf } from "./moment";
import type { Page } from "./page";

export type KnownOrder = Extract<OrderStatusResponse, { status: "ok" }>;
export type OrderStatus = { state: "loading" } | { state: "nothing" } | { state: "ready"; order: KnownOrder };

/** The space is kept meanwhile, so this may take longer than a decision; then the block gives up. */
const TIMEOUT_MS = 3000;

/**
 * Delivery and points of the order that the page shows, and where wanted what the shop has to say; asked for once.
 *
 * @param sample what the checkout editor shows: there is no order to ask about
 */
export function useOrderStatus(
  page: Page,
  sample: () => KnownOrder,
  { withInbox = false } = {},
): OrderStatus {
  const [status, setStatus] = useState<OrderStatus>({ state: "loading" });
  const moment = page.moment();

  useEffect(() => {
    if (!moment || page.inEditor) return;
    let isCurrent = true;
    const { orderId, checkoutToken, confirmationNumber, locale } = actorOf(moment);
    const request: OrderStatusRequest = { orderId, checkoutToken, confirmationNumber, locale, withInbox };
    void page.call<OrderStatusResponse>("/api/order-status", request, TIMEOUT_MS).then((answer) => {
      if (isCurrent)
        setStatus(answer?.status === "ok" ? { state: "ready", order: answer } : { state: "nothing" });
    });
    return () => {
      isCurrent = false;
    };
  }, [moment?.orderId]);

  if (page.inEditor) return { state: "ready", order: sample() };
  return moment ? status : { state: "nothing" };
}
