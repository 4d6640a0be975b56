// Orders as the control panel and the demo admin list them, with what can happen to each.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import { trackingsOf } from "../../store/parcels.ts";
import type { Fulfillment, Order } from "../../store/types.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatDateTime, formatMoney } from "../money.ts";
import { safePath } from "../storefront/frame.ts";

const ORDER_ACTIONS: Record<string, (demo: Demo, order: Order, form: Record<string, unknown>) => void> = {
  fulfil: (demo, order, form) =>
    void demo.store.fulfil(order.id, {
      carrier: String(form.carrier || "") || undefined,
      boxes: Number(form.boxes || 1),
    }),
  ready: (demo, order) => void demo.store.makeReady(order.id),
  refund: (demo, order) =>
    void demo.store.refund(order.id, { lines: refundableLines(order), shipping: order.shippingPrice }),
  cancel: (demo, order) => void demo.store.cancelOrder(order.id, "CUSTOMER"),
};

const PARCEL_ACTIONS: Record<string, (demo: Demo, parcel: Fulfillment) => void> = {
  next: (demo, parcel) => void demo.store.moveToNextScan(parcel.id),
  stop: (demo, parcel) => void demo.store.stopParcel(parcel.id),
  attempt: (demo, parcel) => void demo.store.setParcelStatus(parcel.id, "ATTEMPTED_DELIVERY"),
  collect: (demo, parcel) => void demo.store.setParcelStatus(parcel.id, "READY_FOR_PICKUP"),
  delay: (demo, parcel) => void demo.store.setParcelStatus(parcel.id, "DELAYED"),
  deliver: (demo, parcel) => void demo.store.setParcelStatus(parcel.id, "DELIVERED"),
  fail: (demo, parcel) => void demo.store.setParcelStatus(parcel.id, "FAILURE"),
};

const PARCEL_BUTTONS: [action: string, label: string][] = [
  ["next", "Next scan"],
  ["deliver", "Deliver"],
  ["delay", "Delay"],
  ["attempt", "Nobody home"],
  ["collect", "To pickup point"],
  ["stop", "Stand still"],
  ["fail", "Fail"],
];

export function orderControlRoutes(demo: Demo): Route[] {
  return [
    {
      method: "POST",
      pattern: "/control/orders/:id/:action",
      handle: (request) => actOnOrder(demo, request),
    },
    {
      method: "POST",
      pattern: "/control/parcels/:id/:action",
      handle: (request) => actOnParcel(demo, request),
    },
  ];
}

function actOnOrder(demo: Demo, request: DemoRequest): DemoResponse {
  const order = demo.store.orderById(Number(request.params.id));
  const act = ORDER_ACTIONS[request.params.action ?? ""];
  if (!order || !act) return backTo(request, "There is no such order or action.");
  return backTo(
    request,
    attempt(() => act(demo, order, request.data())),
  );
}

function actOnParcel(demo: Demo, request: DemoRequest): DemoResponse {
  const found = demo.store.fulfillment(Number(request.params.id));
  const act = PARCEL_ACTIONS[request.params.action ?? ""];
  if (!found || !act) return backTo(request, "There is no such parcel or action.");
  return backTo(
    request,
    attempt(() => act(demo, found.fulfillment)),
  );
}

/** The store refuses what cannot be (refund twice, cancel a delivered order); the page shows why. */
export function attempt(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function backTo(request: DemoRequest, problem?: string): DemoResponse {
  const referer = URL.parse(request.headers.referer ?? "", request.url);
  const path = safePath(referer?.origin === request.url.origin ? referer.pathname : undefined, "/control");
  return redirect(problem ? `${path}?problem=${encodeURIComponent(problem)}` : path, 303);
}

function refundableLines(order: Order) {
  return order.lines
    .map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.removed, restock: true }))
    .filter((line) => line.quantity > 0);
}

export function orderRows(demo: Demo, orders: Order[]): HtmlPart {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Orders">
    <table>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Buyer</th>
          <th scope="col">Total</th>
          <th scope="col">State</th>
          <th scope="col">What next</th>
        </tr>
      </thead>
      <tbody>
        ${orders.map((order) => orderRow(demo, order))}
      </tbody>
    </table>
  </div>`;
}

function orderRow(demo: Demo, order: Order): HtmlPart {
  const parcels = order.fulfillments.filter((each) => each.status === "SUCCESS");
  return html`<tr>
    <td>
      <a href="${demo.store.statusPath(order)}" target="_blank">${order.name}</a>
      <small class="quiet">${formatDateTime(order.createdAt)}</small>
    </td>
    <td>${order.email || "Nobody known"}<small class="quiet">${order.locale}${soldBy(order)}</small></td>
    <td>${formatMoney(order.total, order.currency)}</td>
    <td>${orderState(order)} ${parcels.map(parcelState)}</td>
    <td>${orderButtons(demo, order, parcels.length > 0)} ${parcels.map(parcelButtons)}</td>
  </tr>`;
}

function soldBy({ sourceName, pickup }: Order): string {
  const ways: Record<string, string> = { pos: " · till", shopify_draft_order: " · by staff" };
  return (ways[sourceName] ?? "") + (pickup ? " · fetched in store" : "");
}

function orderState(order: Order): HtmlPart {
  if (order.cancelledAt) return html`<span class="state bad">cancelled</span>`;
  if (order.refunds.length > 0) return html`<span class="state bad">refunded</span>`;
  const open = order.lines.some((line) => line.quantity - line.removed > line.fulfilled);
  const isWaiting = open && order.pickup?.readyAt;
  const words = isWaiting ? "waits to be fetched" : open ? "to fulfil" : "fulfilled";
  return html`<span class="state ${open ? "wait" : "good"}">${words}</span>`;
}

function parcelState(parcel: Fulfillment): HtmlPart {
  const numbers = trackingsOf(parcel).map(({ number }) => number);
  if (numbers.length === 0) return html`<small class="quiet">handed over, not tracked</small>`;
  const status = parcel.shipmentStatus ?? "no scan yet";
  const tone =
    status === "DELIVERED"
      ? "good"
      : ["DELAYED", "FAILURE", "ATTEMPTED_DELIVERY"].includes(status)
        ? "bad"
        : "wait";
  return html`<span class="state ${tone}">${status.toLowerCase().replaceAll("_", " ")}</span>
    <small class="quiet">${parcel.carrier} ${numbers.join(", ")}</small>`;
}

function orderButtons(demo: Demo, order: Order, hasParcel: boolean): HtmlPart {
  if (order.cancelledAt) return null;
  const canFulfil = order.lines.some((line) => line.quantity - line.removed > line.fulfilled);
  const canRefund = refundableLines(order).length > 0;
  const form = (action: string, content: HtmlPart) =>
    html`<form method="post" action="/control/orders/${order.id}/${action}">${content}</form>`;
  const name = html`<span class="visually-hidden"> ${order.name}</span>`;
  return html`${
    canFulfil &&
    order.pickup &&
    html`${!order.pickup.readyAt && form("ready", html`<button class="button small primary">Ready for pickup${name}</button>`)}
    ${form("fulfil", html`<button class="button small">Picked up${name}</button>`)}`
  }
  ${
    canFulfil &&
    !order.pickup &&
    form(
      "fulfil",
      html`<select name="carrier" aria-label="Carrier for ${order.name}" class="button small">
          ${demo.store.carriers().map((carrier) => html`<option value="${carrier.id}">${carrier.name}</option>`)}
        </select>
        <select name="boxes" aria-label="Boxes for ${order.name}" class="button small">
          ${[1, 2, 3].map((boxes) => html`<option value="${boxes}">${boxes === 1 ? "1 box" : `${boxes} boxes`}</option>`)}
        </select>
        <button class="button small primary">Fulfil${name}</button>`,
    )
  }
  ${canRefund && form("refund", html`<button class="button small">Refund${name}</button>`)}
  ${!hasParcel && form("cancel", html`<button class="button small critical">Cancel${name}</button>`)}`;
}

function parcelButtons(parcel: Fulfillment): HtmlPart {
  if (parcel.deliveredAt || !parcel.trackingNumber) return null;
  return PARCEL_BUTTONS.map(
    ([action, label]) =>
      html`<form method="post" action="/control/parcels/${parcel.id}/${action}">
        <button class="button small">
          ${label}<span class="visually-hidden"> ${parcel.trackingNumber}</span>
        </button>
      </form> `,
  );
}
