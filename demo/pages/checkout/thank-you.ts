// The thank-you page, with the app's blocks.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import { asLanguage, readBuyer } from "../buyer.ts";
import { extensionsFor, extensionSlot } from "../extension-slots.ts";
import { html } from "../html.ts";
import { formatMoney } from "../money.ts";
import { textsIn } from "../texts.ts";
import { checkoutFrame } from "./frame.ts";
import { orderDetails, summaryOfOrder } from "./order-parts.ts";
import { thankYouOverlay } from "./overlay.ts";
import { orderSummary } from "./summary.ts";

const ABOVE = ["purchase.thank-you.announcement.render", "purchase.thank-you.header.render-after"];
const BLOCK = "purchase.thank-you.block.render";
const BELOW = [
  "purchase.thank-you.customer-information.render-after",
  "purchase.thank-you.footer.render-after",
];
const BESIDE = ["purchase.thank-you.cart-line-list.render-after"];

export function thankYouRoutes(demo: Demo): Route[] {
  return [
    {
      method: "GET",
      pattern: "/checkout/:token/thank-you",
      handle: (request) => thankYouPage(demo, request),
    },
  ];
}

async function thankYouPage(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const order = demo.store.orderByCheckout(request.params.token ?? "");
  if (!order) return redirect("/cart");
  const language = asLanguage(request.url.searchParams.get("lang") ?? order.locale);
  const say = textsIn(language);
  const { customer } = readBuyer(request, demo.store);
  const buyer = customer?.id === order.customerId ? customer : undefined;
  const extensions = await extensionsFor(demo, {
    targets: [...ABOVE, BLOCK, ...BELOW, ...BESIDE],
    surface: "checkout",
    language,
    overlay: thankYouOverlay(demo, order, buyer, language),
    tokenPath: "/extensions/session-token",
    loginPath: "/account/login",
    storageKey: order.checkoutToken,
  });
  const firstName = order.shippingAddress?.firstName;
  return checkoutFrame(demo, {
    title: say("thankYou"),
    language,
    total: formatMoney(order.total, order.currency, language),
    main: html`${ABOVE.map(extensionSlot)}
      <div class="confirmation">
        <span class="confirmation-mark" aria-hidden="true">✓</span>
        <div>
          <p class="quiet">${say("confirmation")} #${order.confirmationNumber}</p>
          <h1>${say("thankYou")}${firstName && `, ${firstName}`}!</h1>
        </div>
      </div>
      <section class="card">
        <h2>${say("confirmed")}</h2>
        <p>${say("confirmedText")}</p>
      </section>
      ${extensionSlot(BLOCK)} ${orderDetails(order, language)} ${BELOW.map(extensionSlot)}
      <div class="step-end">
        <a href="${demo.store.statusPath(order)}">${say("viewOrder")}</a>
        <a class="button primary" href="/">${say("keepShopping")}</a>
      </div>
      ${extensions.part}`,
    aside: html`${orderSummary(demo, language, summaryOfOrder(order))} ${BESIDE.map(extensionSlot)}`,
    scripts: extensions.scripts,
  });
}
