// What each step of the checkout shows: contact and address, shipping, payment with review.
import type { Checkout, CheckoutTotals, ShippingRate } from "../../store/types.ts";
import { CARD } from "../../store/payments.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatMoney } from "../money.ts";
import type { Say } from "../texts.ts";
import { selectField, textField, type Problems } from "./form.ts";
import type { OfferedMethod } from "./payment-methods.ts";

export type Step = "contact" | "shipping" | "payment";

export type StepView = {
  checkout: Checkout;
  totals: CheckoutTotals;
  say: Say;
  problems: Problems;
  /** What the buyer typed when it was refused. */
  typed: Record<string, unknown>;
};

export const COUNTRIES: [code: string, name: string][] = [
  ["US", "United States"],
  ["CA", "Canada"],
  ["GB", "United Kingdom"],
  ["DE", "Germany"],
  ["AT", "Austria"],
  ["FR", "France"],
  ["ES", "Spain"],
];

export function contactStep({ checkout, say, problems, typed }: StepView): HtmlPart {
  const address = checkout.shippingAddress;
  const { contact } = checkout;
  const value = (name: string, saved: string | null | undefined) => String(typed[name] ?? saved ?? "");
  const isTicked = "email" in typed ? typed.marketing === "on" : contact?.acceptsMarketing === true;
  return html`<form method="post" action="/checkout/${checkout.token}/contact" class="stack" novalidate>
    <h1>${say("contact")}</h1>
    ${textField({ name: "email", label: say("email"), type: "email", autocomplete: "email", value: value("email", contact?.email), problems, required: true })}
    <label class="tick">
      <input type="checkbox" name="marketing" ${isTicked && html`checked`} />
      <span>${say("marketing")}</span>
    </label>
    <h2>${say("delivery")}</h2>
    ${selectField({ name: "country", label: say("country"), value: value("country", address?.countryCode ?? "US"), options: COUNTRIES })}
    <div class="two">
      ${textField({ name: "firstName", label: say("firstName"), autocomplete: "given-name", value: value("firstName", address?.firstName ?? contact?.firstName), problems })}
      ${textField({ name: "lastName", label: say("lastName"), autocomplete: "family-name", value: value("lastName", address?.lastName ?? contact?.lastName), problems, required: true })}
    </div>
    ${textField({ name: "address1", label: say("address"), autocomplete: "street-address", value: value("address1", address?.address1), problems, required: true })}
    <div class="two">
      ${textField({ name: "zip", label: say("zip"), autocomplete: "postal-code", value: value("zip", address?.zip), problems, required: true })}
      ${textField({ name: "city", label: say("city"), autocomplete: "address-level2", value: value("city", address?.city), problems, required: true })}
    </div>
    ${textField({ name: "phone", label: say("phone"), type: "tel", autocomplete: "tel", value: value("phone", contact?.phone) })}
    <div class="step-end">
      <a href="/cart">‹ ${say("cart")}</a><button class="button primary">${say("continueToShipping")}</button>
    </div>
  </form>`;
}

export function shippingStep(view: StepView, rates: ShippingRate[], language: string): HtmlPart {
  const { checkout, totals, say } = view;
  return html`<form method="post" action="/checkout/${checkout.token}/shipping" class="stack">
    ${reviewBlock(view, ["contact", "address"])}
    <fieldset class="option-list">
      <legend><h1>${say("shippingMethod")}</h1></legend>
      ${rates.map(
        (rate) =>
          html`<label>
            <input
              type="radio"
              name="rate"
              value="${rate.id}"
              ${rate.id === totals.shippingRate.id && html`checked`}
            />
            <span>${rate.title}<small class="quiet">${rate.days}</small></span>
            <strong
              >${rate.price === 0 ? say("free") : formatMoney(rate.price, totals.currency, language)}</strong
            >
          </label>`,
      )}
    </fieldset>
    <div class="step-end">
      <a href="/checkout/${checkout.token}?step=contact">‹ ${say("contact")}</a>
      <button class="button primary">${say("continueToPayment")}</button>
    </div>
  </form>`;
}

/** `methods`: at least one, the first is chosen beforehand. */
export function paymentStep(view: StepView, methods: OfferedMethod[], total: string): HtmlPart {
  const { checkout, say, problems, typed } = view;
  const chosen = methods.find(({ gateway }) => gateway === typed.method) ?? methods[0];
  const value = (name: string, preset: string) => String(typed[name] ?? preset);
  return html`<form method="post" action="/checkout/${checkout.token}/payment" class="stack" novalidate>
    <h1>${say("payment")}</h1>
    ${reviewBlock(view, ["contact", "address", "method"])}
    ${problems.order && html`<p class="banner critical" role="alert">${problems.order}</p>`}
    <fieldset class="option-list payment-methods">
      <legend class="visually-hidden">${say("paymentMethod")}</legend>
      ${methods.map(
        (method) =>
          html`<label>
            <input
              type="radio"
              name="method"
              value="${method.gateway}"
              ${method.gateway === CARD && html`data-card`}
              ${method === chosen && html`checked`}
            />
            <span>${method.name}</span>
          </label>`,
      )}
      ${problems.method && html`<p class="problem">${problems.method}</p>`}
    </fieldset>
    <div class="card stack card-fields">
      <p class="quiet" id="payment-note">${say("paymentNote")}</p>
      ${textField({ name: "cardNumber", label: say("cardNumber"), inputmode: "numeric", value: value("cardNumber", "4242 4242 4242 4242"), problems })}
      <div class="two">
        ${textField({ name: "cardExpiry", label: say("cardExpiry"), inputmode: "numeric", value: value("cardExpiry", "12 / 30") })}
        ${textField({ name: "cardCode", label: say("cardCode"), inputmode: "numeric", value: value("cardCode", "123") })}
      </div>
    </div>
    <div class="step-end">
      <a href="/checkout/${checkout.token}?step=shipping">‹ ${say("shipping")}</a>
      <button class="button primary">${say("payNow")} · ${total}</button>
    </div>
  </form>`;
}

type ReviewRow = "contact" | "address" | "method";

/** What was entered so far, each with a way back. */
function reviewBlock({ checkout, totals, say }: StepView, rows: ReviewRow[]): HtmlPart {
  const address = checkout.shippingAddress;
  const where =
    address && [address.address1, address.zip, address.city, address.country].filter(Boolean).join(", ");
  const content: Record<ReviewRow, { label: string; text: string; step: Step }> = {
    contact: { label: say("contact"), text: checkout.contact?.email ?? "", step: "contact" },
    address: { label: say("shipTo"), text: where ?? "", step: "contact" },
    method: { label: say("method"), text: totals.shippingRate.title, step: "shipping" },
  };
  return html`<dl class="review" aria-label="${say("review")}">
    ${rows.map((row) => {
      const { label, text, step } = content[row];
      return html`<div>
        <dt>${label}</dt>
        <dd>${text}</dd>
        <dd>
          <a href="/checkout/${checkout.token}?step=${step}" aria-label="${say("change")}: ${label}"
            >${say("change")}</a
          >
        </dd>
      </div>`;
    })}
  </dl>`;
}
