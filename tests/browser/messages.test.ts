/** The mail editor as a merchant uses it, with mouse and keyboard, and the shopper's pages behind a mail's links. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { buy, links, receive, type Mail } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/messages");
});
afterAll(() => stage.close());

function appFrame(): Frame {
  const { merchant } = stage;
  return merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
}

function preview() {
  return stage.app.frameLocator('iframe[title^="Preview"]');
}

test("a merchant edits a mail, sees it as it will be, is told of mistakes, saves, tests and takes it back", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/messages/delivered");
  await preview().getByRole("heading", { name: "Has everything arrived well?" }).waitFor();

  const subject = app.getByLabel("Subject", { exact: true });
  await subject.fill("Hi {{ customer.nickname }}");
  await app.getByText('There is no variable "customer.nickname".').waitFor();
  await subject.fill("Hello ");
  await app.getByRole("button", { name: "Insert a variable into Subject" }).click();
  await app.getByRole("menuitem", { name: /First name/ }).click();
  expect(await subject.inputValue()).toBe("Hello {{ customer.first_name }}");
  await app.getByText("Hello Ada").first().waitFor();

  // The same from the keyboard alone: braces open the list, arrows choose, Enter takes.
  await subject.fill("Hello ");
  await subject.press("End");
  await subject.pressSequentially("{{ na");
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await subject.press("ArrowDown");
  await subject.press("Enter");
  expect(await subject.inputValue()).toBe("Hello {{ customer.last_name }}");
  await app.getByText("Hello Lovelace").first().waitFor();

  await app.getByRole("button", { name: "Move Heading down" }).focus();
  await merchant.keyboard.press("Enter");
  await app.getByText("Heading is now block 2 of 5.").waitFor({ state: "attached" });
  expect(await app.locator(":focus").getAttribute("aria-label")).toBe("Move Heading down");

  await app.getByRole("button", { name: "Phone" }).click();
  await app.getByLabel("Dark mode").check();
  await stage.screenshot(merchant, "editor-phone-dark");
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Email saved").waitFor();
  await app.getByRole("button", { name: "Send a test" }).click();
  await merchant.getByText(/Test sent to/).waitFor();

  await app.getByRole("button", { name: /^Restore: The email as it came/ }).click();
  await merchant.getByText("Version restored").waitFor();
  await stage.until(
    "the restored subject",
    async () => (await subject.inputValue()) === "Has everything arrived well?",
  );
});

test("a merchant makes a mail of their own from a ready one, with columns and a block for some, and puts it away", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/messages");
  await app.getByRole("link", { name: "Duplicate Shipped" }).click();
  await app.getByLabel("Name").fill("Shipped, with a picture");
  await app.getByRole("button", { name: "Make it" }).click();
  await app.getByRole("heading", { name: "Shipped, with a picture" }).waitFor();

  await app.getByRole("button", { name: "Add a block" }).click();
  await app.getByRole("menuitem", { name: /^Two columns/ }).click();
  await app.getByRole("button", { name: "Remove Picture in the left column" }).click();
  await app.getByLabel("Heading", { exact: true }).last().fill("Beside it");
  await app.getByLabel("Text", { exact: true }).last().fill("Words in a column");
  await preview().getByText("Words in a column").waitFor();
  await app.getByRole("button", { name: /Who sees it.*Two columns/ }).click();
  await app.getByLabel("Who sees it", { exact: true }).selectOption("agreed");
  await app.getByLabel("Agreed to marketing", { exact: true }).uncheck();
  await preview().getByText("Words in a column").waitFor({ state: "detached" });
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await app.getByRole("button", { name: "Undo", exact: true }).click();
  await preview().getByText("Words in a column").waitFor();
  await stage.screenshot(merchant, "editor-columns");
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Email saved").waitFor();

  await openApp(stage, "/app/messages");
  await app.getByRole("button", { name: "Put away Shipped, with a picture" }).click();
  await app.getByRole("button", { name: "Bring back Shipped, with a picture" }).waitFor();
  await merchant.getByRole("button", { name: "Undo" }).click();
  await app.getByRole("button", { name: "Put away Shipped, with a picture" }).waitFor();
});

test("the brand shows in a mail before it is saved", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/settings/brand");
  await preview().getByText("See your order").waitFor();
  await app.getByLabel("Headings", { exact: true }).fill("#eeeeee");
  await app.getByText("Too light to read on white.").waitFor();
  await app.getByLabel("Headings", { exact: true }).fill("#7a1f3d");
  await app.getByLabel("Footer text").fill("Tea since 1998");
  await preview().getByText("Tea since 1998").waitFor();
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Brand saved").waitFor();
});

test("the pages of messages shut nobody out", async () => {
  for (const path of ["/app/messages", "/app/messages/new", "/app/messages/thank-you"]) {
    await openApp(stage, path);
    expect(await accessibilityFaults(appFrame())).toEqual([]);
  }
});

/** Moves the demo's clock on to noon in New York, where the shop is: what comes at night waits for the morning. */
async function atNoon(): Promise<void> {
  const { now } = await stage.get<{ now: string }>("/_/clock");
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const hours = (12 - Number(clock.format(new Date(now))) + 24) % 24;
  await stage.post("/_/clock/advance", { minutes: 60 * hours });
}

test("a campaign: who gets it and who not, cancelled, planned again, and read in the customer's account", async () => {
  const { app, merchant, shopper, storeUrl } = stage;
  await atNoon();
  await openApp(stage, "/app/messages/channels");
  await app.getByRole("button", { name: /^Switch on Inbox/ }).click();
  await app.getByRole("button", { name: /^Switch off Inbox/ }).waitFor();
  await openApp(stage, "/app/messages/new");
  await app.getByLabel("Name").fill("We moved");
  await app.getByRole("button", { name: "Make it" }).click();
  await app.getByRole("heading", { name: "We moved" }).waitFor();

  // Without a short text the inbox has nothing to show: the page says so beforehand.
  await openApp(stage, "/app/campaigns/new");
  await app.getByRole("combobox", { name: "Message" }).selectOption({ label: "We moved" });
  await app.getByRole("combobox", { name: "Channels" }).selectOption({ label: "Inbox" });
  await app.getByRole("button", { name: "Remove Email" }).click();
  await app.getByText(/^\d+: This message has no short text for this channel/).waitFor();
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await app.getByRole("link", { name: "Edit the message" }).click();
  await app.getByLabel("Short text", { exact: true }).fill("We moved: the new shop smells of tea.");
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Email saved").waitFor();

  await openApp(stage, "/app/campaigns/new");
  await app.getByRole("textbox", { name: "Name" }).fill("Moving");
  await app.getByRole("combobox", { name: "Message" }).selectOption({ label: "We moved" });
  await app.getByRole("combobox", { name: "Channels" }).selectOption({ label: "Inbox" });
  await app.getByRole("button", { name: "Remove Email" }).click();
  await app.getByRole("textbox", { name: "Orders so far, at least" }).fill("5");
  await app.getByText(/^[1-9]\d* get it$/).waitFor();
  await app.getByRole("button", { name: "Schedule" }).click();
  await app.getByRole("button", { name: "Cancel it" }).click();
  await app.getByText("Cancelled", { exact: true }).waitFor();
  await app.getByRole("link", { name: "Duplicate" }).click();
  await app.getByText("Now", { exact: true }).click();
  await app.getByRole("button", { name: "Send", exact: true }).click();
  await app.getByText("Scheduled", { exact: true }).waitFor();
  await stage.post("/_/clock/advance", { minutes: 2 });
  await app.getByText("Done", { exact: true }).waitFor({ timeout: 90_000 });
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await stage.screenshot(merchant, "campaign");

  type Customer = { id: number; locale: string; numberOfOrders: number };
  const customers = await stage.get<Customer[]>("/_/customers?limit=2000");
  const reader = customers.find((one) => one.numberOfOrders >= 5 && one.locale.startsWith("en"))!;
  await shopper.context().addCookies([{ name: "demo_customer", value: String(reader.id), url: storeUrl }]);
  await shopper.goto(`${storeUrl}/account/profile`, { timeout: 90_000 });
  const block = shopper.locator('[data-extension="postlude-service"]');
  await block.getByText("Messages: 1 new").click();
  await block.getByText("We moved: the new shop smells of tea.").waitFor();
  expect(await accessibilityFaults(shopper, '[data-extension="postlude-service"]')).toEqual([]);
  await stage.screenshot(shopper, "account-inbox");
  await shopper.context().clearCookies();
});

test("a shopper chooses mails and leaves, on pages that shut nobody out and run without scripts", async () => {
  const { shopper, storeUrl } = stage;
  await shopper.goto(storeUrl);
  const product = await shopper.locator('a[href^="/products/"]').first().getAttribute("href");
  const email = `grace.${Date.now().toString(36)}@example.com`;
  await buy(stage, product!.split("/").pop()!, { email, firstName: "Grace", lastName: "Hopper" });
  const mail = await receive(stage, email, /thank you/i);

  await shopper.goto(linkTo(mail, "/p/"));
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await shopper.getByLabel(/may send me offers/).check();
  await shopper.getByRole("button", { name: "Save" }).click();
  await shopper.getByText("Your choice is saved.").waitFor();
  expect(await shopper.getByLabel(/may send me offers/).isChecked()).toBe(true);

  await shopper.goto(linkTo(mail, "/u/"));
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await shopper.getByRole("button", { name: "Unsubscribe" }).click();
  await shopper.getByRole("heading", { name: "You are unsubscribed" }).waitFor();
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await shopper.goto(linkTo(mail, "/p/"));
  expect(await shopper.getByLabel(/may send me offers/).isChecked()).toBe(false);
  await stage.screenshot(shopper, "preferences");
});

function linkTo(mail: Mail, path: string): string {
  const found = links(mail).find((url) => url.includes(path));
  if (!found) throw new Error(`no ${path} in the mail`);
  return found;
}
