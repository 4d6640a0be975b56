// Parts of a placed order that the thank-you page and the order status page share.
import type { Order } from "../../store/types.ts";
import type { Language } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { CARD, methodName, PAYMENT_METHODS } from "../../store/payments.ts";
import { textsIn } from "../texts.ts";
import type { Summary } from "./summary.ts";

export function summaryOfOrder(order: Order): Summary {
  const discounts = [
    ...order.discounts.map(({ code, amount }) => ({ code, amount })),
    ...order.lines.flatMap(({ manualDiscount, discount }) =>
      manualDiscount ? [{ code: manualDiscount.title, amount: discount }] : [],
    ),
  ];
  return {
    currency: order.currency,
    lines: order.lines.map((line) => ({
      productId: line.productId,
      title: line.title,
      variantTitle: line.variantTitle,
      quantity: line.quantity,
      total: line.price * line.quantity,
    })),
    // As in the checkout: before the discounts that follow, so that the lines add up to the total.
    subtotal: order.subtotal + discounts.reduce((sum, { amount }) => sum + amount, 0),
    discounts,
    shipping: order.shippingPrice,
    tax: order.tax,
    total: order.total,
  };
}

export function orderDetails(order: Order, language: Language): HtmlPart {
  const say = textsIn(language);
  const address = order.shippingAddress;
  return html`<section class="card">
    <h2>${say("orderDetails")}</h2>
    <div class="two details">
      <div>
        <h3>${say("contactInformation")}</h3>
        <p>${order.email}</p>
      </div>
      <div>
        <h3>${say("shippingMethod")}</h3>
        <p>${order.shippingMethod}</p>
      </div>
      ${
        address &&
        html`<div>
          <h3>${say("delivery")}</h3>
          <p>
            ${address.firstName} ${address.lastName}<br />${address.address1}<br />${address.zip}
            ${address.city}<br />
            ${address.country}
          </p>
        </div>`
      }
      <div>
        <h3>${say("payment")}</h3>
        <p>${paidWith(order.gateway, language)}</p>
      </div>
    </div>
  </section>`;
}

function paidWith(gateway: string, language: Language): string {
  if (gateway === CARD) return "•••• 4242";
  const method = PAYMENT_METHODS.find((known) => known.gateway === gateway);
  return method ? methodName(method, language) : gateway;
}
