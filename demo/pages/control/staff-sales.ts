// Selling as staff do: at the till, or for somebody on the phone.
import type { Demo } from "../../demo.ts";
import type { DemoRequest, DemoResponse, Route } from "../../http.ts";
import type { Address } from "../../store/types.ts";
import { html, type HtmlPart } from "../html.ts";
import { attempt, backTo } from "./orders.ts";

const ON_THE_PHONE: Address = {
  firstName: "Phil",
  lastName: "Caller",
  address1: "7 Harbour Road",
  city: "Portland",
  province: "Oregon",
  provinceCode: "OR",
  zip: "97203",
  country: "United States",
  countryCode: "US",
};

export function staffSaleRoutes(demo: Demo): Route[] {
  return [{ method: "POST", pattern: "/control/sale", handle: (request) => sell(demo, request) }];
}

function sell({ store }: Demo, request: DemoRequest): DemoResponse {
  const form = request.data() as Record<string, string>;
  const email = form.email?.trim();
  const { firstName, lastName } = ON_THE_PHONE;
  const contact = email ? { email, firstName, lastName } : null;
  const lines = [{ variantId: Number(form.variant), quantity: 1 }];
  const sale = { lines, contact };
  return backTo(
    request,
    attempt(() => {
      if (form.way === "till") store.sellAtTill(sale);
      else if (contact) store.enterOrder({ ...sale, address: ON_THE_PHONE });
      else throw new Error("An order by phone needs an email address.");
    }),
  );
}

export function staffSalePanel({ store }: Demo): HtmlPart {
  const products = store.products().filter(({ variants }) => variants[0]!.inventory > 0);
  return html`<section class="panel">
    <h2>Sell as staff</h2>
    <form method="post" action="/control/sale" class="row">
      <label class="inline-field">
        What
        <select name="variant">
          ${products.map(({ title, variants }) => html`<option value="${variants[0]!.id}">${title}</option>`)}
        </select>
      </label>
      <label class="inline-field">
        To whom (email; empty at the till: nobody known)
        <input name="email" type="email" />
      </label>
      <button class="button small primary" name="way" value="till">Sell at the till</button>
      <button class="button small" name="way" value="phone">Order by phone</button>
    </form>
  </section>`;
}
