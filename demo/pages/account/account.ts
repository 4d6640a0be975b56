// Log in as a demo customer, and the list of orders.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import type { Customer } from "../../store/types.ts";
import { gid } from "../../store/ids.ts";
import { cookie } from "../buyer.ts";
import { extensionsFor, extensionSlot } from "../extension-slots.ts";
import { html, type HtmlPart } from "../html.ts";
import { formatDate, formatMoney } from "../money.ts";
import { safePath, shopPage, shopView, type ShopView } from "../storefront/frame.ts";

const SHOWN_CUSTOMERS = 12;
const SHOWN_ORDERS = 50;

export function accountRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/account", handle: (request) => accountPage(shopView(demo, request)) },
    { method: "GET", pattern: "/account/profile", handle: (request) => profilePage(shopView(demo, request)) },
    {
      method: "GET",
      pattern: "/account/login",
      handle: (request) => loginPage(shopView(demo, request), request.url),
    },
    { method: "POST", pattern: "/account/login", handle: (request) => logIn(demo, request) },
    {
      method: "POST",
      pattern: "/account/logout",
      handle: () => redirect("/", 303, { "set-cookie": cookie("demo_customer", "") }),
    },
  ];
}

function logIn(demo: Demo, request: DemoRequest): DemoResponse {
  const form = request.data();
  const customer = findCustomer(demo, form);
  const back = safePath(form.back, "/account");
  if (!customer) return redirect(`/account/login?unknown=1&back=${encodeURIComponent(back)}`, 303);
  const cookies = [cookie("demo_customer", String(customer.id)), cookie("demo_language", customer.locale)];
  return redirect(back, 303, { "set-cookie": cookies });
}

function findCustomer(demo: Demo, form: Record<string, unknown>): Customer | undefined {
  const email = String(form.email ?? "").trim();
  return form.customer ? demo.store.customer(Number(form.customer)) : demo.store.customerByEmail(email);
}

function loginPage(view: ShopView, url: URL): DemoResponse {
  const { demo, say } = view;
  const back = safePath(url.searchParams.get("back"), "/account");
  const isUnknown = url.searchParams.has("unknown");
  const hidden = html`<input type="hidden" name="back" value="${back}" />`;
  const regulars = demo.store
    .customers()
    .toSorted((a, b) => b.numberOfOrders - a.numberOfOrders)
    .slice(0, SHOWN_CUSTOMERS);
  const main = html`<section class="wide narrow">
    <h1>${say("logIn")}</h1>
    <p class="quiet">${say("demoCustomersText")}</p>
    <form method="post" action="/account/login" class="stack">
      ${hidden}
      <label class="field-label" for="email">${say("email")}</label>
      <input
        id="email"
        type="email"
        name="email"
        autocomplete="email"
        required
        ${isUnknown && html`aria-invalid="true" aria-describedby="email-problem"`}
      />
      ${isUnknown && html`<p class="problem" id="email-problem">No customer of this shop has that address.</p>`}
      <button class="button primary">${say("logIn")}</button>
    </form>
    <h2>${say("demoCustomers")}</h2>
    <form method="post" action="/account/login">
      ${hidden}
      <ul class="customer-list">
        ${regulars.map(
          (each) =>
            html`<li>
              <button name="customer" value="${each.id}">
                <strong>${each.firstName} ${each.lastName}</strong>
                <small class="quiet">${each.email} · ${say("orders")}: ${each.numberOfOrders}</small>
              </button>
            </li>`,
        )}
      </ul>
    </form>
  </section>`;
  return shopPage(view, { title: say("logIn"), main });
}

async function accountPage(view: ShopView): Promise<DemoResponse> {
  const { demo, buyer, say } = view;
  const { customer } = buyer;
  if (!customer) return redirect("/account/login");
  const orders = demo.store.customerOrders(customer.id).slice(0, SHOWN_ORDERS);
  const extensions = await accountExtensions(view, customer, ORDER_INDEX);
  const main = html`<section class="wide narrow">
    <h1>${say("orders")}</h1>
    <p class="quiet">
      <a href="/account/profile">${customer.firstName} ${customer.lastName}</a> · ${customer.email}
    </p>
    ${extensionSlot(ORDER_INDEX)} ${orders.length === 0 && html`<p>${say("noOrders")}</p>`}
    <ul class="order-list">
      ${orders.map((order) => orderCard(view, order))}
    </ul>
    <form method="post" action="/account/logout"><button class="button">${say("logOut")}</button></form>
    ${extensions.part}
  </section>`;
  return shopPage(view, { title: say("orders"), main, scripts: extensions.scripts });
}

const ORDER_INDEX = "customer-account.order-index.block.render";
const PROFILE = "customer-account.profile.block.render";

async function profilePage(view: ShopView): Promise<DemoResponse> {
  const { buyer, say } = view;
  const { customer } = buyer;
  if (!customer) return redirect("/account/login?back=/account/profile");
  const extensions = await accountExtensions(view, customer, PROFILE);
  const address = customer.defaultAddress;
  const main = html`<section class="wide narrow">
    <p class="quiet"><a href="/account">‹ ${say("orders")}</a></p>
    <h1>${customer.firstName} ${customer.lastName}</h1>
    <p>${customer.email}</p>
    ${address && html`<p class="quiet">${address.address1}, ${address.zip} ${address.city}</p>`}
    ${extensionSlot(PROFILE)} ${extensions.part}
  </section>`;
  return shopPage(view, { title: customer.firstName, main, scripts: extensions.scripts });
}

/** These pages know the customer, and neither an order nor a cart. */
function accountExtensions({ demo, buyer }: ShopView, customer: Customer, target: string) {
  const { language } = buyer;
  return extensionsFor(demo, {
    targets: [target],
    surface: "customer-account",
    language,
    overlay: {
      "localization.language": { isoCode: language },
      "localization.extensionLanguage": { isoCode: language },
      "authenticatedAccount.customer": { id: gid("Customer", customer.id) },
    },
    tokenPath: "/extensions/session-token",
    loginPath: "/account/login",
    storageKey: `account:${demo.config.apiKey}`,
  });
}

function orderCard(
  { demo, buyer, say }: ShopView,
  order: ReturnType<Demo["store"]["orders"]>[number],
): HtmlPart {
  const pictures = order.lines.slice(0, 4).map((line) => demo.store.product(line.productId));
  return html`<li>
    <a href="/account/orders/${order.id}">
      <span class="order-pictures">
        ${pictures.map((product) => product && html`<img src="${demo.store.picturePath(product)}" alt="" width="56" height="56" />`)}
      </span>
      <span
        ><strong>${say("order")} ${order.name}</strong
        ><small class="quiet">${formatDate(order.createdAt, buyer.language)}</small></span
      >
      <strong>${formatMoney(order.total, order.currency, buyer.language)}</strong>
    </a>
  </li>`;
}
