/** What the shopper does on the storefront, in checkout and in the mailbox. */
import type { Page } from "playwright-core";
import type { Stage } from "./stage.ts";

export type Buyer = { email: string; firstName: string; lastName: string; marketing?: boolean };

/** Puts the product with this handle into the cart and goes through checkout as a guest. */
export async function buy(stage: Stage, handle: string, buyer: Buyer): Promise<void> {
  const { shopper, storeUrl } = stage;
  await shopper.goto(`${storeUrl}/products/${handle}`);
  await shopper.getByRole("button", { name: "Add to cart" }).click();
  await shopper
    .getByRole("button", { name: "Check out" })
    .or(shopper.getByRole("button", { name: "Checkout" }))
    .click();
  await checkOut(stage, buyer);
}

/** From the first step of the checkout to the thank-you page. */
export async function checkOut({ shopper }: Stage, buyer: Buyer): Promise<void> {
  await shopper.locator("#email").fill(buyer.email);
  if (buyer.marketing) await shopper.locator("input[name=marketing]").check();
  await shopper.locator("#firstName").fill(buyer.firstName);
  await shopper.locator("#lastName").fill(buyer.lastName);
  await shopper.locator("#address1").fill("12 Maple Street");
  await shopper.locator("#zip").fill("97205");
  await shopper.locator("#city").fill("Portland");
  await shopper.locator("main form .step-end button").click();
  await shopper.locator("input[name=rate]").first().waitFor();
  await shopper.locator("main form .step-end button").click();
  await shopper.locator("#cardNumber").waitFor();
  await shopper.locator("main form .step-end button").click();
  await shopper.waitForURL(/thank-you/);
}

/** Where our extensions draw on the page. */
export function block(page: Page, text: string | RegExp) {
  return page.locator(".extension-slot").filter({ hasText: text });
}

const BLOCK_MS = 6_000;
const LOOKS = 3;

/** Waits for a block; a busy machine may answer too late for its budget, then a shopper would look again. */
export async function findBlock(page: Page, text: string | RegExp): Promise<boolean> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await page.reload();
    const found = await block(page, text)
      .first()
      .waitFor({ timeout: BLOCK_MS })
      .then(
        () => true,
        () => false,
      );
    if (found) return true;
  }
  return false;
}

type MailSummary = { id: string; subject: string; to: string[] };
export type Mail = MailSummary & { html: string; text: string; headers: { name: string; value: string }[] };

/** Waits for a mail to this person whose subject fits, and opens it. */
export async function receive({ get, until }: Stage, to: string, subject: RegExp): Promise<Mail> {
  const { id } = await until(`a mail to ${to} about ${subject}`, async () => {
    const mails = await get<MailSummary[]>(`/_/mails?to=${encodeURIComponent(to)}`);
    return mails.find((mail) => subject.test(mail.subject));
  });
  return get<Mail>(`/_/mails/${id}`);
}

/** The order's tracking page that a mail leads to, as a path on the shop's domain. */
export function trackingPath(mail: Mail): Promise<string> {
  return pathBehind(mail, "/track?t=");
}

/** A page on the shop's domain that a mail leads to: behind a link of ours, as a reader would click. */
export async function pathBehind(mail: Mail, part: string): Promise<string> {
  for (const link of links(mail)) {
    const target = link.includes(part)
      ? link
      : (await fetch(link, { redirect: "manual" })).headers.get("location");
    if (target?.includes(part)) return new URL(target).pathname + new URL(target).search;
  }
  throw new Error(`the mail leads to no page ${part}`);
}

/** Addresses in a mail's text part, where a reader would click. */
export function links(mail: Mail): string[] {
  return [...mail.text.matchAll(/https?:\/\/[^\s)>\]]+/g)].map(([url]) => url);
}
