/** The purchase and what the thank-you page offers. */
import { block, buy, findBlock } from "../shopper.ts";
import type { Stage } from "../stage.ts";
import type { DemoOrder, Play } from "./play.ts";

/** Most purchases get an offer; "show nothing" is a real choice, so a few may not. */
const GOODS = ["alpine-stoneware-mug", "smoked-earl-grey-100-g", "copper-tea-infuser"];

export async function order({ stage, buyer, notes }: Play) {
  const { shopper, get, until } = stage;
  const goods = await fittingGoods(stage);
  for (const [earlier, handle] of goods.entries()) {
    // Somebody new each time: who bought a moment ago was asked what the mails of this one ask.
    if (earlier > 0) buyer.email = buyer.email.replace("@", `.${earlier}@`);
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

export async function acceptOffer({ stage, notes }: Play) {
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

export async function answerSurvey({ stage }: Play) {
  const { shopper } = stage;
  if (!(await findBlock(shopper, "A quick question"))) throw new Error("no question was asked");
  const survey = block(shopper, "A quick question");
  await survey.getByRole("radio").first().check({ force: true });
  await survey.getByRole("button", { name: /^(Send|Next)$/ }).click();
  await shopper.getByText("Thank you for your answer.").waitFor();
}

export async function joinLoyalty({ stage }: Play) {
  const { shopper } = stage;
  if (!(await findBlock(shopper, "points for joining"))) throw new Error("nobody was asked to join");
  await shopper.getByRole("button", { name: "Join", exact: true }).click();
  await shopper.getByText(/points are on their way/).waitFor();
  await stage.screenshot(shopper, "thank-you-done");
}
