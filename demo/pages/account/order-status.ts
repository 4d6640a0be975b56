// The order status page. Three states as at Shopify: nobody (no extensions, nothing about the order), the link with
// the order's key (pre_authenticated), and the customer who is logged in (fully_authenticated).
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import { outstandingOf } from "../../store/order-edits.ts";
import { trackingsOf } from "../../store/parcels.ts";
import type { Fulfillment, Order, ShipmentStatus } from "../../store/types.ts";
import { asLanguage, readBuyer, type Language } from "../buyer.ts";
import { checkoutFrame } from "../checkout/frame.ts";
import { orderDetails, summaryOfOrder } from "../checkout/order-parts.ts";
import { orderStatusOverlay } from "../checkout/overlay.ts";
import { orderSummary } from "../checkout/summary.ts";
import { extensionsFor, extensionSlot } from "../extension-slots.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatDate, formatDateTime, formatMoney } from "../money.ts";
import { shopPage, shopView } from "../storefront/frame.ts";
import { textsIn, type Say, type TextKey } from "../texts.ts";

const ABOVE = ["customer-account.order-status.announcement.render"];
const BLOCK = "customer-account.order-status.block.render";
const BELOW = [
  "customer-account.order-status.fulfillment-details.render-after",
  "customer-account.order-status.customer-information.render-after",
];
const BESIDE = ["customer-account.order-status.cart-line-list.render-after"];

export function orderStatusRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/account/orders/:id", handle: (request) => statusPage(demo, request) },
    { method: "POST", pattern: "/account/orders/:id/pay", handle: (request) => payBalance(demo, request) },
  ];
}

async function statusPage(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const { customer, language: chosen } = readBuyer(request, demo.store);
  const order = demo.store.orderById(Number(request.params.id));
  const buyer = order && customer && customer.id === order.customerId ? customer : undefined;
  const hasKey = order !== undefined && request.url.searchParams.get("key") === order.statusKey;
  if (!order || (!buyer && !hasKey)) return loginWall(demo, request);
  const language = request.url.searchParams.has("lang") ? chosen : asLanguage(order.locale);
  const say = textsIn(language);
  const extensions = await extensionsFor(demo, {
    targets: [...ABOVE, BLOCK, ...BELOW, ...BESIDE],
    surface: "customer-account",
    language,
    overlay: orderStatusOverlay(demo, order, buyer, language),
    tokenPath: "/extensions/session-token",
    loginPath: `/account/login?back=${encodeURIComponent(request.url.pathname)}`,
    storageKey: `account:${demo.config.apiKey}`,
  });
  return checkoutFrame(demo, {
    title: `${say("order")} ${order.name}`,
    language,
    total: formatMoney(order.total, order.currency, language),
    tools: html`<a href="/account">${buyer ? buyer.firstName : say("logIn")}</a>`,
    main: html`${ABOVE.map(extensionSlot)}
      <p class="quiet"><a href="/account">‹ ${say("orders")}</a></p>
      <h1>${say("order")} ${order.name}</h1>
      <p class="quiet">
        ${say("placedOn")} ${formatDate(order.createdAt, language)} · ${say("confirmation")}
        #${order.confirmationNumber}
      </p>
      ${deliveryState(order, say, language)} ${extensionSlot(BLOCK)} ${orderDetails(order, language)}
      ${BELOW.map(extensionSlot)} ${extensions.part}`,
    aside: html`${orderSummary(demo, language, summaryOfOrder(order))} ${balanceToPay(order, say, language)}
    ${refunds(order, say, language)} ${BESIDE.map(extensionSlot)}`,
    scripts: extensions.scripts,
  });
}

/** What an order edit added is paid here; at Shopify this is a page of its checkout. */
function balanceToPay(order: Order, say: Say, language: Language): HtmlPart {
  const balance = outstandingOf(order);
  if (balance === 0) return null;
  return html`<form
    id="balance"
    class="balance"
    method="post"
    action="/account/orders/${order.id}/pay?key=${order.statusKey}"
  >
    <p>${say("balance")}: <strong>${formatMoney(balance, order.currency, language)}</strong></p>
    <button class="button primary">${say("payBalance")}</button>
  </form>`;
}

function payBalance(demo: Demo, request: DemoRequest): DemoResponse {
  const order = demo.store.orderById(Number(request.params.id));
  if (!order || request.url.searchParams.get("key") !== order.statusKey) return loginWall(demo, request);
  demo.store.payBalance(order.id);
  return redirect(demo.store.statusPath(order), 303);
}

function loginWall(demo: Demo, request: DemoRequest): DemoResponse {
  const view = shopView(demo, request);
  const back = encodeURIComponent(request.url.pathname);
  const main = html`<section class="wide narrow">
    <h1>${view.say("logInToSee")}</h1>
    <p>${view.say("logInToSeeText")}</p>
    <a class="button primary" href="/account/login?back=${back}">${view.say("logIn")}</a>
  </section>`;
  return shopPage(view, { title: view.say("logIn"), main, status: 401 });
}

const STATUS_TEXT: Partial<Record<ShipmentStatus, TextKey>> = {
  DELIVERED: "delivered",
  OUT_FOR_DELIVERY: "outForDelivery",
  DELAYED: "delayed",
  READY_FOR_PICKUP: "readyToFetch",
  FAILURE: "failedDelivery",
};

function deliveryState(order: Order, say: Say, language: Language): HtmlPart {
  if (order.cancelledAt) return html`<section class="card"><h2>${say("cancelled")}</h2></section>`;
  const parcels = order.fulfillments.filter((each) => each.status === "SUCCESS");
  if (parcels.length === 0 && order.pickup?.readyAt) {
    return html`<section class="card"><h2>${say("readyToFetch")}</h2></section>`;
  }
  if (parcels.length === 0) return html`<section class="card"><h2>${say("preparing")}</h2></section>`;
  return parcels.map((parcel) => parcelCard(parcel, say, language));
}

function parcelCard(parcel: Fulfillment, say: Say, language: Language): HtmlPart {
  const numbers = trackingsOf(parcel).map(({ number }) => number);
  if (numbers.length === 0) return html`<section class="card"><h2>${say("handedOver")}</h2></section>`;
  const text = STATUS_TEXT[parcel.shipmentStatus ?? "IN_TRANSIT"] ?? "onTheWay";
  const isOver = parcel.deliveredAt !== null;
  return html`<section class="card">
    <h2>${say(text)}</h2>
    ${
      !isOver &&
      parcel.estimatedDeliveryAt &&
      html`<p>${say("estimated")}: <strong>${formatDate(parcel.estimatedDeliveryAt, language)}</strong></p>`
    }
    <p class="quiet">${say("tracking")}: ${parcel.carrier} ${numbers.join(", ")}</p>
    <ol class="timeline">
      ${parcel.events.toReversed().map(
        (event) =>
          html`<li>
            <span>${event.message}</span>
            <small class="quiet"
              >${formatDateTime(event.happenedAt, language)}${event.city && ` · ${event.city}`}</small
            >
          </li>`,
      )}
    </ol>
  </section>`;
}

function refunds(order: Order, say: Say, language: Language): HtmlPart {
  return order.refunds.map(
    (refund) =>
      html`<p class="quiet">${say("refunded")}: ${formatMoney(refund.amount, order.currency, language)}</p>`,
  );
}
