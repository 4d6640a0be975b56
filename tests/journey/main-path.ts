/**
 * The whole path, played in a real browser against the demo: install, import, order, thank-you page, webhooks, mails,
 * order status page, analytics, uninstall, reinstall, privacy. `npm run demo -- --script` prints a line per step.
 */
import { offerFigure, openApp, setUp } from "./merchant.ts";
import { block, buy, checkOut, findBlock, links, receive, type Buyer } from "./shopper.ts";
import { openStage, type Stage } from "./stage.ts";

/** What the path needs of a running demo; without `restart` its processes are left alone. */
type PlayedDemo = { urls: { store: string }; restart?: (name: "web" | "worker") => Promise<void> };

type Play = {
  stage: Stage;
  demo: PlayedDemo;
  buyer: Buyer;
  /** What one step leaves for the next. */
  notes: { orderId: number; statusPath: string; cartUrl: string; unsubscribe: string };
};
type Step = [title: string, play: (play: Play) => Promise<string | void>];

type DemoOrder = {
  id: number;
  name: string;
  statusPath?: string;
  checkoutToken: string;
  discountCodes?: unknown[];
  totalDiscounts?: number;
};

/** Plays every step in order; stops at the first that fails. @returns whether all passed */
export async function playMainPath(demo: PlayedDemo): Promise<boolean> {
  const stage = await openStage(demo.urls.store, "artifacts/main-path");
  // A buyer of this run only, so that the script can be played again on the same store.
  const buyer: Buyer = {
    email: `ada.${Date.now().toString(36)}@example.com`,
    firstName: "Ada",
    lastName: "Byron",
    marketing: true,
  };
  const play: Play = {
    stage,
    demo,
    buyer,
    notes: { orderId: 0, statusPath: "", cartUrl: "", unsubscribe: "" },
  };
  let passed = 0;
  try {
    for (const [title, act] of STEPS) {
      const started = performance.now();
      try {
        const detail = await act(play);
        const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
        console.log(`  ✓ ${seconds} s  ${title}${detail ? ` (${detail})` : ""}`);
        passed++;
      } catch (error) {
        console.error(`  ✗ ${title}\n${(error as Error).stack}`);
        await stage.screenshot(stage.merchant, "failed-merchant");
        await stage.screenshot(stage.shopper, "failed-shopper");
        break;
      }
    }
  } finally {
    await stage.close();
  }
  const failed = STEPS.length - passed;
  console.log(`${passed} passed, ${failed} failed. Screenshots: artifacts/main-path/`);
  return failed === 0;
}

const STEPS: Step[] = [
  ["The merchant opens the app and sets it up", install],
  ["Past orders are imported, across a restart of the worker", importHistory],
  ["A shopper buys and sees one fitting offer", order],
  ["They take the offer and get a code of their own", acceptOffer],
  ["They answer the question", answerSurvey],
  ["They join the points programme", joinLoyalty],
  ["Webhooks arrive twice and in disorder, and count once", webhooks],
  ["The thank-you mail arrives, with one-click unsubscribe", thankYouMail],
  ["The parcel leaves; the shopper is told", shippedMail],
  ["The parcel arrives; two hours later they are asked how it went", deliveredMail],
  ["They answer from the mail", answerFromMail],
  ["The order status page shows delivery and points", orderStatus],
  ["The code works in the cart, once, and the order is attributed", useCode],
  ["A refund is taken off the revenue and the points", refund],
  ["The analytics show it all", analytics],
  ["One click unsubscribes", unsubscribe],
  ["Privacy requests are answered", privacy],
  ["Uninstalling stops everything; installing again resumes", reinstall],
];

async function install({ stage }: Play) {
  await openApp(stage);
  const { merchant, app } = stage;
  if (await app.getByText(/^Step 1 of/).count()) await setUp(stage);
  await stage.screenshot(merchant, "home-after-setup");
}

async function importHistory({ stage, demo }: Play) {
  await demo.restart?.("worker");
  const { app, merchant, until } = stage;
  await openApp(stage);
  await until("the end of the import", async () => {
    const running = await app.getByText("Learning from your past orders").count();
    return running === 0;
  });
  await stage.screenshot(merchant, "home");
}

/** Most purchases get an offer; "show nothing" is a real choice, so a few may not. */
const GOODS = ["alpine-stoneware-mug", "smoked-earl-grey-100-g", "copper-tea-infuser"];

async function order({ stage, buyer, notes }: Play) {
  const { shopper, get, until } = stage;
  const goods = await fittingGoods(stage);
  for (const handle of goods) {
    await buy(stage, handle, buyer);
    const offer = block(shopper, "Picked for your order");
    const shown = await findBlock(shopper, "Picked for your order");
    if (!shown) continue;
    const [placed] = await until("the order", () =>
      get<DemoOrder[]>(`/_/orders?email=${buyer.email}&limit=1`),
    );
    notes.orderId = placed!.id;
    notes.statusPath = new URL(
      (await shopper.locator(".step-end a").first().getAttribute("href"))!,
      stage.storeUrl,
    ).href;
    await shopper.waitForTimeout(500);
    await stage.screenshot(shopper, "thank-you");
    return `${placed!.name}: ${(await offer.first().innerText()).split("\n").slice(0, 3).join(" · ")}`;
  }
  throw new Error(`no offer after ${goods.length} purchases`);
}

/** The demo shop's tea things; with an imported history, what sells most there. */
async function fittingGoods({ get }: Stage): Promise<string[]> {
  const products =
    await get<{ handle: string; status: string; variants: { inventory: number }[] }[]>("/_/products");
  const sellable = products.filter(
    ({ status, variants }) => status === "ACTIVE" && variants[0]!.inventory > 0,
  );
  const known = GOODS.filter((handle) => sellable.some((product) => product.handle === handle));
  return known.length > 0 ? known : sellable.slice(0, 8).map(({ handle }) => handle);
}

async function acceptOffer({ stage, notes }: Play) {
  const { shopper } = stage;
  await shopper
    .getByRole("button", { name: /^Get it/ })
    .first()
    .click();
  const toCart = shopper.locator(".extension-slot a[href*='/cart/']").first();
  await toCart.waitFor();
  notes.cartUrl = (await toCart.getAttribute("href"))!;
  await stage.screenshot(shopper, "offer-accepted");
  return new URL(notes.cartUrl).searchParams.get("discount") ?? "no code needed";
}

async function answerSurvey({ stage }: Play) {
  const { shopper } = stage;
  if (!(await findBlock(shopper, "A quick question"))) throw new Error("no question was asked");
  const survey = block(shopper, "A quick question");
  await survey.getByRole("radio").first().check({ force: true });
  await survey.getByRole("button", { name: /^(Send|Next)$/ }).click();
  await shopper.getByText("Thank you for your answer.").waitFor();
}

async function joinLoyalty({ stage }: Play) {
  const { shopper } = stage;
  if (!(await findBlock(shopper, "points for joining"))) throw new Error("nobody was asked to join");
  await shopper.getByRole("button", { name: "Join", exact: true }).click();
  await shopper.getByText(/points are on their way/).waitFor();
  await stage.screenshot(shopper, "thank-you-done");
}

async function webhooks({ stage, notes }: Play) {
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

async function thankYouMail({ stage, buyer, notes }: Play) {
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

async function shippedMail({ stage, buyer, notes }: Play) {
  await stage.post(`/_/orders/${notes.orderId}/fulfil`);
  const mail = await receive(stage, buyer.email, /way|shipped/i);
  await showMail(stage, mail.id, "mail-shipped");
  return mail.subject;
}

type Fulfilled = { fulfillments: { id: number }[] };

async function deliveredMail({ stage, buyer, notes }: Play) {
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

async function answerFromMail({ stage, buyer }: Play) {
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

async function orderStatus({ stage, notes }: Play) {
  const { shopper } = stage;
  await shopper.goto(notes.statusPath);
  await block(shopper, /Delivered/)
    .first()
    .waitFor();
  await stage.screenshot(shopper, "order-status");
}

async function useCode({ stage, buyer, notes }: Play) {
  const { shopper, get, until, storeUrl } = stage;
  const before = await offerFigure(stage, "Orders");
  const url = new URL(notes.cartUrl);
  await shopper.goto(storeUrl + url.pathname + url.search);
  await checkOut(stage, buyer);
  const [placed] = await until("the second order", () =>
    get<DemoOrder[]>(`/_/orders?email=${buyer.email}&limit=1`),
  );
  if (placed!.id === notes.orderId) throw new Error("no second order was placed");
  const code = url.searchParams.get("discount");
  if (code) {
    await shopper.goto(storeUrl + url.pathname + url.search);
    await shopper.locator("#code").fill(code);
    await shopper.getByRole("button", { name: "Apply" }).click();
    await shopper.locator("#code-problem").waitFor(); // it works once
  }
  await until("the order to be attributed", async () => (await offerFigure(stage, "Orders")) > before);
  notes.orderId = placed!.id;
  return placed!.name;
}

async function refund({ stage, notes }: Play) {
  const before = await offerFigure(stage, "Net revenue");
  await stage.post(`/_/orders/${notes.orderId}/refund`);
  await stage.until("net revenue to fall", async () => (await offerFigure(stage, "Net revenue")) < before);
  return `from ${before} to ${await offerFigure(stage, "Net revenue")}`;
}

async function analytics({ stage }: Play) {
  await openApp(stage, "/app/analytics");
  await stage.app.locator("canvas").first().waitFor();
  await stage.screenshot(stage.merchant, "analytics");
  await openApp(stage);
  await stage.app.locator("canvas").first().waitFor();
  await stage.screenshot(stage.merchant, "home-with-figures");
  for (const area of ["offers", "surveys", "messages", "loyalty"]) {
    await openApp(stage, `/app/${area}`);
    await stage.screenshot(stage.merchant, area);
  }
  await openApp(stage, "/app/messages/shipped");
  await stage.app.locator("iframe").first().waitFor();
  await stage.merchant.waitForTimeout(500);
  await stage.screenshot(stage.merchant, "message-editor");
}

async function unsubscribe({ stage, notes }: Play) {
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

async function privacy({ stage, buyer }: Play) {
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

async function reinstall({ stage }: Play) {
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
