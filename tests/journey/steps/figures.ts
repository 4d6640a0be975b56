/** The code is used and refunded; the figures follow. */
import { offerFigure, openApp } from "../merchant.ts";
import { checkOut } from "../shopper.ts";
import type { DemoOrder, Play } from "./play.ts";

export async function useCode({ stage, buyer, notes }: Play) {
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

export async function refund({ stage, notes }: Play) {
  const before = await offerFigure(stage, "Net revenue");
  await stage.post(`/_/orders/${notes.orderId}/refund`);
  await stage.until("net revenue to fall", async () => (await offerFigure(stage, "Net revenue")) < before);
  return `from ${before} to ${await offerFigure(stage, "Net revenue")}`;
}

export async function analytics({ stage }: Play) {
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
