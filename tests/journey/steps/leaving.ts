/** Unsubscribing, privacy, uninstalling and coming back. */
import { openApp } from "../merchant.ts";
import type { Play } from "./play.ts";

export async function unsubscribe({ stage, notes }: Play) {
  const { shopper } = stage;
  await shopper.goto(notes.unsubscribe); // looking changes nothing
  await stage.screenshot(shopper, "unsubscribe");
  const answer = await fetch(notes.unsubscribe, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  if (!answer.ok) throw new Error(`one-click unsubscribe answered ${answer.status}`);
}

export async function privacy({ stage, buyer }: Play) {
  const { get, post, app, merchant, until } = stage;
  const customers = await get<{ id: number; email: string }[]>("/_/customers?limit=50");
  const customer = customers.find(({ email }) => email === buyer.email)!;
  await post("/_/compliance", { kind: "customers/data_request", customer: customer.id });
  await post("/_/compliance", { kind: "customers/redact", customer: customer.id });
  await until("both requests to be done", async () => {
    await openApp(stage, "/app/activity");
    const text = await app.locator("main").innerText();
    return /redact/i.test(text) && /request/i.test(text);
  });
  await stage.screenshot(merchant, "privacy");
}

export async function reinstall({ stage }: Play) {
  const { post, app, get, until } = stage;
  await post("/_/uninstall");
  await until("app/uninstalled to be delivered", async () => {
    const all = await get<{ topic: string; state: string }[]>("/_/webhooks");
    return all.some(({ topic, state }) => topic === "app/uninstalled" && state === "delivered");
  });
  await post("/_/install");
  await openApp(stage);
  await app.getByRole("heading", { level: 1 }).first().waitFor();
}
