// The checkout's addresses: one page per step, one form each, errors beside the fields.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import { CheckoutError } from "../../store/store.ts";
import { CARD } from "../../store/payments.ts";
import type { Checkout, CheckoutTotals } from "../../store/types.ts";
import { asLanguage, cookie, type Language } from "../buyer.ts";
import { extensionSlot, extensionsFor } from "../extension-slots.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatMoney } from "../money.ts";
import { languageForm } from "../storefront/frame.ts";
import { textsIn, type Say } from "../texts.ts";
import type { Problems } from "./form.ts";
import { changeByExtension } from "./extension-change.ts";
import { checkoutFrame } from "./frame.ts";
import { offeredMethods } from "./payment-methods.ts";
import { contactStep, COUNTRIES, paymentStep, shippingStep, type Step, type StepView } from "./steps.ts";
import { orderSummary, type Summary } from "./summary.ts";
import { checkoutOverlay } from "./overlay.ts";

const DECLINED_CARD = "4000000000000002";
const CHECKOUT_TARGETS = ["purchase.checkout.block.render"];

type Refusal = { problems: Problems; typed: Record<string, unknown> };

export function checkoutRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/checkout/:token", handle: (request) => showStep(demo, request) },
    { method: "POST", pattern: "/checkout/:token/contact", handle: (request) => saveContact(demo, request) },
    {
      method: "POST",
      pattern: "/checkout/:token/shipping",
      handle: (request) => saveShipping(demo, request),
    },
    { method: "POST", pattern: "/checkout/:token/payment", handle: (request) => pay(demo, request) },
    {
      method: "POST",
      pattern: "/checkout/:token/discount",
      handle: (request) => changeDiscount(demo, request),
    },
    {
      method: "POST",
      pattern: "/checkout/:token/extension-change",
      handle: (request) => changeByExtension(demo, request),
    },
    {
      method: "POST",
      pattern: "/checkout/:token/language",
      handle: (request) => changeLanguage(demo, request),
    },
  ];
}

async function showStep(
  demo: Demo,
  request: DemoRequest,
  refusal?: Refusal,
  asked?: Step,
): Promise<DemoResponse> {
  const checkout = demo.store.checkout(request.params.token ?? "");
  if (!checkout) return redirect("/cart");
  if (checkout.orderId !== null) return redirect(`/checkout/${checkout.token}/thank-you`);
  const step = reachableStep(checkout, asked ?? (request.url.searchParams.get("step") as Step | null));
  const language = asLanguage(checkout.locale);
  const say = textsIn(language);
  const totals = demo.store.priceCheckout(checkout.token);
  const total = formatMoney(totals.total, totals.currency, language);
  const view: StepView = {
    checkout,
    totals,
    say,
    problems: refusal?.problems ?? {},
    typed: refusal?.typed ?? {},
  };
  const extensions = await extensionsFor(demo, {
    targets: CHECKOUT_TARGETS,
    surface: "checkout",
    language,
    overlay: checkoutOverlay(demo, checkout, totals, language),
    tokenPath: `/extensions/session-token`,
    loginPath: "/account/login",
    storageKey: checkout.token,
    changePath: `/checkout/${checkout.token}/extension-change`,
  });
  return checkoutFrame(demo, {
    title: say("checkout"),
    language,
    total,
    tools: languageForm({ language, say, action: `/checkout/${checkout.token}/language`, back: "" }),
    main: html`${progress(step, checkout, say)} ${await stepBody(demo, step, view, total, language)}
    ${CHECKOUT_TARGETS.map(extensionSlot)} ${extensions.part}`,
    aside: orderSummary(demo, language, summaryOf(totals, checkout), discountForm(view)),
    scripts: extensions.scripts,
    status: refusal ? 422 : 200,
  });
}

async function stepBody(
  demo: Demo,
  step: Step,
  view: StepView,
  total: string,
  language: Language,
): Promise<HtmlPart> {
  if (step === "contact") return contactStep(view);
  if (step === "shipping") return shippingStep(view, demo.store.shippingRates(view.checkout.token), language);
  return paymentStep(view, await offeredMethods(demo, view.checkout, view.totals, language), total);
}

/** No step without the ones before it. */
function reachableStep(checkout: Checkout, asked: Step | null): Step {
  const hasAddress = checkout.contact !== null && checkout.shippingAddress !== null;
  if (!hasAddress || !asked) return "contact";
  return asked === "shipping" || asked === "payment" ? asked : "contact";
}

function progress(current: Step, checkout: Checkout, say: Say): HtmlPart {
  const steps: [Step, string][] = [
    ["contact", say("contact")],
    ["shipping", say("shipping")],
    ["payment", say("payment")],
  ];
  return html`<nav class="progress" aria-label="${say("steps")}">
    <ol>
      ${steps.map(([step, name]) =>
        step === current
          ? html`<li aria-current="step">${name}</li>`
          : html`<li><a href="/checkout/${checkout.token}?step=${step}">${name}</a></li>`,
      )}
    </ol>
  </nav>`;
}

function summaryOf(totals: CheckoutTotals, checkout: Checkout): Summary {
  return {
    currency: totals.currency,
    lines: totals.lines.map((line) => ({
      productId: line.product.id,
      title: line.product.title,
      variantTitle: line.variant.title,
      quantity: line.quantity,
      total: line.total,
    })),
    subtotal: totals.subtotal,
    discounts: totals.discounts.map(({ code, amount }) => ({ code, amount })),
    shipping: checkout.shippingAddress ? totals.shipping : null,
    tax: totals.tax,
    total: totals.total,
  };
}

function discountForm({ checkout, totals, say, problems, typed }: StepView): HtmlPart {
  const refused = totals.refusedCodes[0];
  const problem = problems.code ?? (refused && `${refused.code}: ${refused.reason}`);
  return html`<form method="post" action="/checkout/${checkout.token}/discount" class="discount-form">
    <div class="field">
      <input
        id="code"
        name="code"
        placeholder=" "
        autocomplete="off"
        value="${String(typed.code ?? "")}"
        ${problem && html`aria-invalid="true" aria-describedby="code-problem"`}
      />
      <label for="code">${say("discountCode")}</label>
    </div>
    <button class="button">${say("apply")}</button>
    ${problem && html`<p class="problem" id="code-problem">${problem}</p>`}
    ${totals.discounts.map(
      ({ code }) =>
        html`<button class="chip" name="remove" value="${code}" aria-label="${say("remove")}: ${code}">
          ${code} <span aria-hidden="true">✕</span>
        </button>`,
    )}
  </form>`;
}

async function saveContact(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const token = request.params.token ?? "";
  const checkout = demo.store.checkout(token);
  if (!checkout) return redirect("/cart", 303);
  const typed = request.data();
  const say = textsIn(asLanguage(checkout.locale));
  const value = (name: string) => String(typed[name] ?? "").trim();
  const problems: Problems = {};
  for (const name of ["lastName", "address1", "zip", "city"])
    if (!value(name)) problems[name] = say("required");
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value("email"))) problems.email = say("invalidEmail");
  if (Object.keys(problems).length > 0) return showStep(demo, request, { problems, typed }, "contact");
  const name = { firstName: value("firstName"), lastName: value("lastName") };
  const phone = value("phone") || null;
  const [countryCode, country] = COUNTRIES.find(([code]) => code === value("country")) ?? COUNTRIES[0]!;
  demo.store.setContact(token, {
    email: value("email"),
    ...name,
    phone,
    acceptsMarketing: typed.marketing === "on",
  });
  demo.store.setShippingAddress(token, {
    ...name,
    address1: value("address1"),
    zip: value("zip"),
    city: value("city"),
    country,
    countryCode,
    phone: phone ?? undefined,
  });
  return redirect(`/checkout/${token}?step=shipping`, 303);
}

function saveShipping(demo: Demo, request: DemoRequest): DemoResponse {
  const token = request.params.token ?? "";
  demo.store.setShippingRate(token, String(request.data().rate ?? "standard"));
  return redirect(`/checkout/${token}?step=payment`, 303);
}

async function pay(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const token = request.params.token ?? "";
  const checkout = demo.store.checkout(token);
  if (!checkout) return redirect("/cart", 303);
  const typed = request.data();
  const language = asLanguage(checkout.locale);
  const say = textsIn(language);
  const methods = await offeredMethods(demo, checkout, demo.store.priceCheckout(token), language);
  const method = methods.find(({ gateway }) => gateway === (typed.method ?? methods[0]?.gateway));
  if (!method) return showStep(demo, request, { problems: { method: say("required") }, typed }, "payment");
  if (method.gateway === CARD && String(typed.cardNumber ?? "").replaceAll(/\D/g, "") === DECLINED_CARD) {
    return showStep(demo, request, { problems: { cardNumber: say("cardDeclined") }, typed }, "payment");
  }
  demo.store.setGateway(token, method.gateway);
  try {
    demo.store.placeOrder(token);
  } catch (error) {
    if (!(error instanceof CheckoutError)) throw error;
    return showStep(demo, request, { problems: { order: error.message }, typed }, "payment");
  }
  return redirect(`/checkout/${token}/thank-you`, 303, {
    "set-cookie": ["demo_cart", "demo_cart_token", "demo_cart_attributes"].map((name) => cookie(name, "")),
  });
}

async function changeDiscount(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  const token = request.params.token ?? "";
  const typed = request.data();
  const back = redirect(safeReferer(request, token), 303);
  if (typed.remove) {
    demo.store.removeDiscountCode(token, String(typed.remove));
    return back;
  }
  const code = String(typed.code ?? "").trim();
  if (!code) return back;
  const result = demo.store.applyDiscountCode(token, code);
  if (result.status === "applied") return back;
  const step = new URL(safeReferer(request, token), request.url).searchParams.get("step") as Step | null;
  return showStep(demo, request, { problems: { code: result.reason }, typed }, step ?? "contact");
}

/** Back to the step the form stood on. */
function safeReferer(request: DemoRequest, token: string): string {
  const path = `/checkout/${token}`;
  const referer = URL.parse(request.headers.referer ?? "", request.url);
  return referer?.pathname === path ? path + referer.search : path;
}

function changeLanguage(demo: Demo, request: DemoRequest): DemoResponse {
  const checkout = demo.store.checkout(request.params.token ?? "");
  if (!checkout) return redirect("/cart", 303);
  const language = asLanguage(String(request.data().language ?? ""));
  checkout.locale = language; // the order will carry it, and with it every mail
  return redirect(safeReferer(request, checkout.token), 303, {
    "set-cookie": cookie("demo_language", language),
  });
}
