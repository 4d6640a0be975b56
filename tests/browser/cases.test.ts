/** A shopper says that something is wrong, on the shop's own domain; the merchant answers in the admin. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { pathBehind, receive, trackingPath } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/cases");
});
afterAll(() => stage.close());

const run = Date.now().toString(36);

function appFrame(): Frame {
  const { merchant } = stage;
  return merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
}

type Sold = { order: { id: number; name: string } };

test("a shopper says what is wrong; the merchant answers, the shopper writes back, and it is solved", async () => {
  const { app, merchant, shopper } = stage;
  const email = `help.${run}@example.com`;
  const buyer = { email, firstName: "Help", lastName: `Byron ${run}` };
  const { order } = await stage.post<Sold>("/_/orders", buyer);
  await stage.post(`/_/orders/${order.id}/fulfil`, { carrier: "letterbox" });
  await shopper.goto(stage.storeUrl + (await trackingPath(await receive(stage, email, /on its way/i))));
  await shopper.getByRole("link", { name: "Something is wrong with my order" }).click();
  await shopper.getByLabel("What is it about?").selectOption("damaged");
  await shopper.getByLabel("What happened?").fill("The lid is broken");
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await stage.screenshot(shopper, "help");
  await shopper.getByRole("button", { name: "Send" }).click();
  await shopper.getByText("We have your message").first().waitFor();

  await openApp(stage, "/app/cases");
  await stage.screenshot(merchant, "cases");
  await app.getByRole("link", { name: `Damaged · Help Byron ${run}` }).click();
  await app.getByText("The lid is broken").waitFor();
  await app.getByLabel("Owner").fill("Grace");
  await app.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Owner saved").waitFor();
  await app.getByLabel("Your answer").fill("A new lid leaves us today.");
  await app.getByRole("button", { name: "Send", exact: true }).click();
  await app.getByText("Waiting for the shopper").waitFor();
  const answer = await receive(stage, email, /Our answer about/);
  expect(answer.text).toContain("A new lid leaves us today.");

  await shopper.goto(stage.storeUrl + (await pathBehind(answer, "/help?c=")));
  await shopper.getByLabel("What happened?").fill("Thank you!");
  await shopper.getByRole("button", { name: "Send" }).click();
  await shopper.getByText("We have your message").first().waitFor();
  await openApp(stage, "/app/cases");
  await app.getByRole("link", { name: `Damaged · Help Byron ${run}` }).click();
  await app.getByText("Thank you!").waitFor();
  await app.getByRole("button", { name: "Solve", exact: true }).click();
  await merchant.getByRole("button", { name: "Undo" }).click();
  await merchant.getByText("Open again").first().waitFor();
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await stage.screenshot(merchant, "case");
});
