/** Webhooks, mails, the answer from a mail, the order status page. */
import { openApp } from "../merchant.ts";
import { block, links, receive } from "../shopper.ts";
import type { Stage } from "../stage.ts";
import type { Play } from "./play.ts";

export async function webhooks({ stage, notes }: Play) {
  const { get, post, until, app, merchant } = stage;
  type Delivery = { id: number; topic: string; state: string };
  const deliveries = await until("orders/create to be delivered", async () => {
    const all = await get<Delivery[]>("/_/webhooks");
    return all.some(({ topic, state }) => topic === "orders/create" && state === "delivered") && all;
  });
  // Everything of this order once more, newest first.
  for (const { id } of deliveries.slice(0, 12)) await post(`/_/webhooks/${id}/resend`);
  await openApp(stage, "/app/activity");
  await app.locator("td").filter({ hasText: "orders/create" }).first().waitFor();
  await stage.screenshot(merchant, "activity");
  return `${deliveries.length} deliveries, order ${notes.orderId}`;
}

export async function thankYouMail({ stage, buyer, notes }: Play) {
  const mail = await receive(stage, buyer.email, /thank you/i);
  const all = await stage.get<{ subject: string }[]>(`/_/mails?to=${buyer.email}`);
  const same = all.filter(({ subject }) => subject === mail.subject).length;
  if (same !== 1) throw new Error(`the same mail came ${same} times`);
  const header = (name: string) => mail.headers.find((one) => one.name.toLowerCase() === name)?.value ?? "";
  notes.unsubscribe = /<(https?:[^>]+)>/.exec(header("list-unsubscribe"))?.[1] ?? "";
  if (!notes.unsubscribe) throw new Error("no List-Unsubscribe header");
  if (header("list-unsubscribe-post") !== "List-Unsubscribe=One-Click")
    throw new Error("no one-click unsubscribe");
  await showMail(stage, mail.id, "mail-thank-you");
  return mail.subject;
}

async function showMail({ shopper, storeUrl, screenshot }: Stage, id: string, name: string) {
  await shopper.goto(`${storeUrl}/mailbox/${id}`);
  await shopper.frameLocator("iframe").locator("body").waitFor();
  await screenshot(shopper, name);
}

export async function shippedMail({ stage, buyer, notes }: Play) {
  await stage.post(`/_/orders/${notes.orderId}/fulfil`);
  const mail = await receive(stage, buyer.email, /way|shipped/i);
  await showMail(stage, mail.id, "mail-shipped");
  return mail.subject;
}

type Fulfilled = { fulfillments: { id: number }[] };

export async function deliveredMail({ stage, buyer, notes }: Play) {
  const { get, post } = stage;
  const { fulfillments } = await get<Fulfilled>(`/_/orders/${notes.orderId}`);
  await post(`/_/parcels/${fulfillments[0]!.id}/status`, { status: "DELIVERED" });
  await stage.until("the delivery webhook", async () => {
    const all = await get<{ topic: string; state: string }[]>("/_/webhooks");
    return all.some(({ topic, state }) => topic === "fulfillment_events/create" && state === "delivered");
  });
  await new Promise((resolve) => setTimeout(resolve, 3_000)); // the app notes the delivery before time moves on
  await post("/_/clock/advance", { hours: 3 });
  const mail = await receive(stage, buyer.email, /arriv|deliver|everything/i);
  await showMail(stage, mail.id, "mail-delivered");
  return mail.subject;
}

export async function answerFromMail({ stage, buyer }: Play) {
  const { shopper } = stage;
  const mail = await receive(stage, buyer.email, /arriv|deliver|everything/i);
  const scores = [...mail.html.matchAll(/href="([^"]+)"[^>]*>\s*(?:<[^>]+>\s*)*9\s*</g)].map(
    ([, url]) => url!,
  );
  const answer = (scores[0] ?? links(mail).find((url) => /\/s\//.test(url)))!.replaceAll("&amp;", "&");
  await shopper.goto(answer);
  await shopper.getByRole("button").first().waitFor();
  await stage.screenshot(shopper, "answer-page");
  await shopper.locator("textarea").first().fill("Came quickly, well packed.");
  await shopper.getByRole("button").first().click();
  await shopper.getByText(/thank/i).first().waitFor();
}

export async function orderStatus({ stage, notes }: Play) {
  const { shopper } = stage;
  await shopper.goto(notes.statusPath);
  await block(shopper, /Delivered/)
    .first()
    .waitFor();
  const code = new URL(notes.cartUrl).searchParams.get("discount");
  if (code) await block(shopper, code).first().waitFor();
  await stage.screenshot(shopper, "order-status");
  return code ? `the code ${code} is still there` : "no code was needed";
}
