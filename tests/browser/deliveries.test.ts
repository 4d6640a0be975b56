/** From the van to the neighbour's, by the demo's clock: scans of an aggregator, what shoppers hear, what the merchant sees. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { pathBehind, receive, trackingPath } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/deliveries");
});
afterAll(() => stage.close());

const run = Date.now().toString(36);
const advance = (time: { minutes?: number; hours?: number; days?: number }) =>
  stage.post("/_/clock/advance", time);

function appFrame(): Frame {
  const { merchant } = stage;
  return merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
}

type Parcel = { id: number; trackingNumber: string };
type Sold = { order: { id: number; name: string } };

/** Somebody's order leaves the house; the shopper hears of it. */
async function ship(who: string): Promise<Parcel & { email: string; order: string }> {
  const email = `${who}.${run}@example.com`;
  const { order } = await stage.post<Sold>("/_/orders", { email, firstName: who, lastName: "Byron" });
  // Letters are never scanned: only the aggregator speaks.
  const parcel = await stage.post<Parcel>(`/_/orders/${order.id}/fulfil`, { carrier: "letterbox" });
  await receive(stage, email, /on its way/i);
  return { ...parcel, email, order: order.name };
}

const tell = (parcel: Parcel, subtag: string, city?: string) =>
  stage.post<{ status: number }>(`/_/parcels/${parcel.id}/aggregator`, { subtag, city });

test("the merchant connects AfterShip, and its scans are heard", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/deliveries/sources");
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  const address = await app.getByLabel("Address for AfterShip").inputValue();
  await app.getByLabel("AfterShip's webhook secret").fill("demo-aftership-secret");
  await app.getByRole("button", { name: "Connect AfterShip" }).click();
  await merchant.getByText("AfterShip connected").waitFor();
  await stage.post("/_/aggregator", { address });
  const parcel = await ship("early");
  expect(await tell(parcel, "InTransit_007", "Boise")).toMatchObject({ status: 200 });
  await openApp(stage, `/app/deliveries/parcels?query=${parcel.trackingNumber}`);
  await app.getByRole("link", { name: parcel.order }).click();
  await app.getByText("AfterShip InTransit_007").waitFor();
  expect(await accessibilityFaults(appFrame())).toEqual([]);

  await app.getByLabel("What happened").selectOption("attempted_delivery");
  await app.getByLabel("Note", { exact: true }).fill("The driver rang twice");
  await app.getByRole("button", { name: "Note it" }).click();
  await app.getByText("The driver rang twice").waitFor();
  await app.getByRole("button", { name: "Undo" }).click();
  await app.getByText("(taken back)").waitFor();
  await stage.screenshot(merchant, "parcel");
});

test("a file of scans is looked at before it is taken in", async () => {
  const { app, merchant } = stage;
  const parcel = await ship("file");
  await openApp(stage, "/app/deliveries/sources");
  const at = (await stage.get<{ now: string }>("/_/clock")).now;
  const csv = `Tracking;When;State\n${parcel.trackingNumber};${at};delivered\n${parcel.trackingNumber};soon;delivered\n`;
  await app.getByLabel("CSV file").setInputFiles({
    name: "scans.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  await app.getByText("0 of 2 rows can be used.").waitFor();
  await app.getByLabel("Time (needed)").selectOption("When");
  await app.getByText("1 of 2 rows can be used.").waitFor();
  await app.getByText(/Row 2: The time is missing/).waitFor();
  await stage.screenshot(merchant, "file");
  await app.getByRole("button", { name: "Take in one scan" }).click();
  await app.getByText("One scan is being taken in.").waitFor();
});

test("signed for, left with a neighbour, waiting to be fetched: each shopper hears what fits", async () => {
  const [signed, left, fetched] = [await ship("signed"), await ship("left"), await ship("fetched")];
  await tell(signed, "Delivered_003", "Portland");
  await tell(left, "Delivered_005", "Portland");
  await tell(fetched, "AvailableForPickup_001", "Portland");
  await receive(stage, fetched.email, /waiting for you/i);
  await advance({ minutes: 15 });
  await receive(stage, signed.email, /arrived/i);
  await receive(stage, left.email, /did you find/i);
  await advance({ days: 2, hours: 1 });
  await receive(stage, fetched.email, /still|remember|remind|collect/i);
});

test("a parcel that stands still: told before anybody asks, marketing rests, and the new day is said", async () => {
  const { app, merchant, shopper } = stage;
  const parcel = await ship("still");
  await tell(parcel, "InTransit_007", "Boise");
  await advance({ days: 8 });
  const mail = await receive(stage, parcel.email, /later|delay|longer/i);
  await openApp(stage, "/app/deliveries");
  await stage.until("the exception in the admin", async () => {
    const text = await app.locator("main").innerText();
    return text.includes(parcel.order) && text.includes("Standing still");
  });
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await stage.screenshot(merchant, "deliveries");
  await app.getByRole("link", { name: parcel.order }).first().click();
  await app.getByText("Marketing to this shopper rests.").first().waitFor();

  await shopper.goto(stage.storeUrl + (await trackingPath(mail)));
  await shopper.getByRole("img", { name: /Boise/ }).waitFor();
  expect(await shopper.getByText(/Expected between|Expected /).count()).toBeGreaterThan(0);
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await stage.screenshot(shopper, "tracking");
});

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
