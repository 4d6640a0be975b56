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

test("the pages of messages shut nobody out", async () => {
  for (const path of ["/app/messages", "/app/messages/thank-you"]) {
    await openApp(stage, path);
    expect(await accessibilityFaults(appFrame())).toEqual([]);
  }
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
