/** A journey from the empty editor to the switch, by keyboard alone; what an order would get; a tip about a product. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
const faults: string[] = [];

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/journeys");
});
afterAll(() => stage.close());

function appFrame(): Frame {
  return stage.merchant.frames().find((one) => one.parentFrame() !== null && /\/app/.test(one.url()))!;
}

async function look(name: string): Promise<void> {
  await stage.screenshot(stage.merchant, name);
  faults.push(...(await accessibilityFaults(appFrame())).map((fault) => `${name}: ${fault}`));
}

test(
  "a branch is built by keyboard, refused beside its field, mended, tried and switched on",
  { timeout: 240_000 },
  async () => {
    const { app, merchant } = stage;
    const { keyboard } = merchant;
    const button = (name: RegExp | string) => app.getByRole("button", { name }).first();
    const add = async (where: RegExp, kind: string) => {
      await button(where).focus();
      await keyboard.press("Enter");
      const item = app.getByRole("menuitem", { name: new RegExp(`^${kind}`) });
      await item.waitFor();
      for (
        let presses = 0;
        presses < 12 && !(await item.evaluate((one) => one === document.activeElement));
        presses++
      )
        await keyboard.press("Tab");
      await keyboard.press("Enter");
      await item.waitFor({ state: "detached" });
    };
    const focused = () => app.locator(":focus");

    await openApp(stage, "/app/journeys");
    await look("list");
    await openApp(stage, "/app/journeys/new");
    await app.getByLabel("Name", { exact: true }).focus();
    await keyboard.type("Big orders get a call");

    await add(/^Add a step/, "Branch");
    await app.getByLabel("Condition 1 is about").and(focused()).waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await keyboard.type("50");
    await app.getByText("If order total is at least $50.00").waitFor();
    await add(/^Add a step in “Path 1”/, "Send a message");
    await app.getByLabel("Template").and(focused()).waitFor();
    await add(/^Add a step in “Otherwise”/, "Wait");
    await app.getByLabel("How to wait").and(focused()).waitFor();
    await look("new-branch");

    await merchant.getByRole("button", { name: "Save" }).focus();
    await keyboard.press("Enter");
    await app.getByLabel("Template").and(app.locator('[aria-invalid="true"]')).waitFor();
    await look("refused");
    await app.getByLabel("Template").focus();
    await keyboard.type("Thank");
    await app.getByText("Send “Thank you” by email").waitFor();
    await merchant.getByRole("button", { name: "Save" }).focus();
    await keyboard.press("Enter");
    await app.getByRole("heading", { name: "Big orders get a call" }).waitFor();

    await button(/^Delete: Wait 1 day/).focus();
    await keyboard.press("Enter");
    await merchant.getByRole("button", { name: "Undo" }).click();
    await button(/^Delete: Wait 1 day/).waitFor();

    await button("Switch on").focus();
    await keyboard.press("Enter");
    await button("Switch off").waitFor();
    await look("running");
    // Other tests count the mails of their orders.
    await button("Switch off").press("Enter");
    await button("Switch on").waitFor();
  },
);

test(
  "an order is tried: what its shopper would get, when, and by which path",
  { timeout: 240_000 },
  async () => {
    const { app, post } = stage;
    type Bought = { order: { id: number; name: string } };
    const bought = await post<Bought>("/_/orders", {
      email: `ada.${Date.now().toString(36)}@example.com`,
      firstName: "Ada",
      lastName: "Tried",
    });
    const tryOn = async (journey: string) => {
      await openApp(stage, "/app/journeys");
      await app.getByRole("link", { name: `Simulate: ${journey}` }).click();
      await app.getByRole("heading", { name: "Choose an order" }).waitFor();
      await app.getByLabel("Order number, name or email").fill("Ada Tried");
      await app.getByRole("button", { name: "Find" }).click();
      const found = app.getByRole("button", { name: new RegExp(`${bought.order.name} · Ada Tried`) });
      const isKnown = await found.waitFor({ timeout: 4_000 }).then(
        () => true,
        () => false,
      );
      if (isKnown) await found.click();
      return isKnown;
    };
    await stage.until("the order to be known", () => tryOn("Big orders get a call"));
    await app.getByRole("heading", { name: "What Ada Tried would get" }).waitFor();
    await app.getByText(/Takes “(Path 1|Otherwise)”/).waitFor();
    await look("simulated");

    await tryOn("Thank you");
    await app.getByRole("button", { name: "Look at the message: Thank you" }).click();
    const mail = app.frameLocator('iframe[title="The message “Thank you”"]');
    await mail.getByText(bought.order.name).first().waitFor();
    await look("mail");
  },
);

test(
  "on a phone the paths stand below one another, and nothing leaves the screen",
  { timeout: 240_000 },
  async () => {
    const { app, merchant } = stage;
    await merchant.setViewportSize({ width: 390, height: 844 });
    await openApp(stage, "/app/journeys");
    await app.getByRole("link", { name: "Delivered check", exact: true }).click();
    await app.getByText("Otherwise", { exact: true }).waitFor();
    const paths = app.locator(".journey-path");
    const lefts = await paths.evaluateAll((all) =>
      all.map((one) => Math.round(one.getBoundingClientRect().left)),
    );
    expect(new Set(lefts).size).toBe(1);
    const overflow = await appFrame().evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await look("phone");
    await merchant.setViewportSize({ width: 1280, height: 900 });
  },
);

test("a tip begins with an example, is saved, archived and brought back", { timeout: 240_000 }, async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/content");
  await look("library");
  await app.getByRole("link", { name: "Use this: When your parcel is here" }).click();
  await app.getByRole("heading", { name: "New tip" }).waitFor();
  await app.getByLabel("Video (optional)").fill("http://video.example/1");
  await app.getByRole("button", { name: "Save" }).click();
  await app.getByText("Use a web address that starts with https://.").first().waitFor();
  await look("tip-refused");
  await app.getByLabel("Video (optional)").fill("https://video.example/1");
  await app.getByText("Watch the video").waitFor();
  await app.getByRole("button", { name: "Save" }).click();
  // The preview shows its title before it is saved.
  await app.getByRole("heading", { name: "New tip" }).waitFor({ state: "detached" });
  await app.getByRole("heading", { name: "When your parcel is here" }).first().waitFor();
  await openApp(stage, "/app/content");
  await app.getByRole("button", { name: "Archive: When your parcel is here" }).click();
  await merchant.getByRole("button", { name: "Undo" }).click();
  await app.getByRole("link", { name: "When your parcel is here", exact: true }).waitFor();
  await app.getByRole("button", { name: "Archive: When your parcel is here" }).click();
  await app.getByRole("heading", { name: "Say it once, where it helps" }).waitFor();
});

test("all of it is accessible", () => expect(faults).toEqual([]));
