/** From "placed" to "delivered", by the demo's clock: what carriers do, what shoppers hear, what the merchant sees. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { receive, trackingPath, type Mail } from "../journey/shopper";
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
const addressOf = (who: string) => `${who}.${run}@example.com`;

function appFrame(): Frame {
  const { merchant } = stage;
  return merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
}

type Parcel = { id: number; trackingNumber: string; moreTracking?: { number: string }[] };
type Sold = { order: { id: number; name: string; customerId: number } };
type Shipped = Parcel & { email: string; order: Sold["order"]; mail: Mail };

/**
 * Somebody's order leaves the house; the shopper hears of it.
 * @param how letters are never scanned, so that only the aggregator speaks, unless another carrier takes it
 */
async function ship(who: string, how: object = {}, marketing = false): Promise<Shipped> {
  const email = addressOf(who);
  const buyer = { email, firstName: who, lastName: "Byron", acceptsMarketing: marketing };
  const { order } = await stage.post<Sold>("/_/orders", buyer);
  const parcel = await stage.post<Parcel>(`/_/orders/${order.id}/fulfil`, { carrier: "letterbox", ...how });
  const mail = await receive(stage, email, /on its way/i);
  expect(mail.text).toContain(parcel.trackingNumber);
  return { ...parcel, email, order, mail };
}

const tell = (parcel: Pick<Parcel, "id">, subtag: string, more: object = {}) =>
  stage.post<{ status: number }>(`/_/parcels/${parcel.id}/aggregator`, { subtag, city: "Portland", ...more });

async function subjectsTo(email: string): Promise<string[]> {
  const mails = await stage.get<Mail[]>(`/_/mails?to=${encodeURIComponent(email)}`);
  return mails.map(({ subject }) => subject);
}

/** The tracking page that a mail leads to, looked at again until it says this; forecasts and jobs take a moment. */
async function track(mail: Mail, says: string | RegExp): Promise<Stage["shopper"]> {
  const { shopper, storeUrl, until } = stage;
  const url = storeUrl + (await trackingPath(mail));
  await until(`the tracking page to say ${says}`, async () => {
    // While the clock moves, the app may find the store's signature too young.
    const answer = await shopper.goto(url).catch(() => null);
    return answer?.ok() && (await shopper.getByText(says).count()) > 0;
  });
  return shopper;
}

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
  expect(await tell(parcel, "InTransit_007", { city: "Boise" })).toMatchObject({ status: 200 });
  await openApp(stage, `/app/deliveries/parcels?query=${parcel.trackingNumber}`);
  await app.getByRole("link", { name: parcel.order.name }).click();
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

test("text messages go through Twilio, and STOP is heard", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/messages/channels");
  const { sid, token } = await stage.post<{ sid: string; token: string }>("/_/texts/address", {
    address: await app.getByLabel("Address for answers").inputValue(),
  });
  await app.getByLabel("Account SID").fill(sid);
  await app.getByLabel("Auth token").fill(token);
  await app.getByLabel("Text messages come from").fill("+15005550006");
  await app.getByLabel("Use text messages").check();
  await merchant.getByRole("button", { name: "Save" }).click();
  const phone = "+15035550177";
  await app.getByLabel("Send a test to").fill(phone);
  await app.getByRole("button", { name: "Test text message" }).click();
  await stage.until("the text", async () => {
    const texts = await stage.get<{ status: string }[]>(`/_/texts?to=${encodeURIComponent(phone)}`);
    return texts[0]?.status === "delivered";
  });
  const heard = await stage.post<{ status: number }>("/_/texts/answer", { from: phone, body: "STOP" });
  expect(heard.status).toBe(200);
});

test("signed for, left with a neighbour, two boxes, fetched, at the till: each shopper hears what fits", async () => {
  const [signed, left, two] = [await ship("signed"), await ship("left"), await ship("two", { boxes: 2 })];
  const [second] = two.moreTracking!;
  expect(two.mail.text).toContain(second!.number);
  const fetched = await ship("fetched");
  const pickup = { email: addressOf("pickup"), rate: "pickup" };
  const { order } = await stage.post<Sold>("/_/orders", pickup);
  await stage.post("/_/tills", { email: addressOf("till") });

  await tell(signed, "Delivered_003");
  await tell(left, "Delivered_005");
  await tell(fetched, "AvailableForPickup_001");
  await tell(two, "Delivered_003");
  await tell(two, "InTransit_007", { number: second!.number });
  await receive(stage, fetched.email, /waiting for you/i);
  await receive(stage, pickup.email, /thank you/i);
  await stage.post(`/_/orders/${order.id}/ready`);
  const ready = await receive(stage, pickup.email, /waiting for you/i);
  await track(ready, "Your order waits for you in the shop");
  await advance({ minutes: 15 });
  await receive(stage, signed.email, /arrived/i);
  await receive(stage, left.email, /did you find/i);

  const page = await track(two.mail, "Parcel 2 of 2");
  await stage.screenshot(page, "two-boxes");
  expect((await subjectsTo(two.email)).filter((subject) => /arrived|find/i.test(subject))).toEqual([]);
  await tell(two, "Delivered_003", { number: second!.number });
  await advance({ minutes: 15 });
  await receive(stage, two.email, /arrived/i);

  await advance({ days: 2, hours: 1 });
  await receive(stage, fetched.email, /still/i);
  await receive(stage, pickup.email, /still/i);
  await stage.post(`/_/orders/${order.id}/fulfil`);
  await track(ready, "You have your order");
  // Whoever took it along needs no mail about where it is.
  expect(await subjectsTo(addressOf("till"))).toEqual([]);
});

test("a parcel that stands still: told before anybody asks, marketing rests, and the new day is said", async () => {
  const { app, merchant } = stage;
  const parcel = await ship("still", { carrier: "standstill" }, true);
  await advance({ hours: 12 });
  await track(parcel.mail, "What happened so far");
  await advance({ days: 8 });
  const mail = await receive(stage, parcel.email, /later|delay|longer/i);
  await openApp(stage, "/app/deliveries");
  await stage.until("the exception in the admin", async () => {
    const text = await app.locator("main").innerText();
    return text.includes(parcel.order.name) && text.includes("Standing still");
  });
  expect(await accessibilityFaults(appFrame())).toEqual([]);
  await stage.screenshot(merchant, "deliveries");
  await app.getByRole("link", { name: parcel.order.name }).first().click();
  await app.getByText("Marketing to this shopper rests.").first().waitFor();
  await openApp(stage, `/app/customers/${parcel.order.customerId}`);
  await app.getByText("Marketing rests: A parcel is late").first().waitFor();

  const page = await track(mail, /Expected/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await stage.screenshot(page, "tracking");
});

test("put off, damaged, lost, sent back, nobody at home: each is told in its own words", async () => {
  const late = await ship("late");
  await tell(late, "InTransit_007", { city: "Boise" });
  const before = await (await track(late.mail, /Expected/)).locator(".when").innerText();
  await tell(late, "Exception_005", { city: "Boise", days: 30 });
  const mail = await receive(stage, late.email, /later/i);
  const page = await track(mail, /Most likely/);
  await page.getByRole("img", { name: /Boise/ }).waitFor();
  const after = await page.locator(".when").innerText();
  expect(after).not.toBe(before);
  // The mail and the page give the same last day.
  const [, lastDay] = /Now expected by (.+)/.exec(mail.text)!;
  expect(after).toContain(lastDay!.trim());

  const told = [
    ["damaged", "Exception_012", /damaged/i],
    ["lost", "Exception_013", /could not be delivered/i],
    ["returned", "Exception_010", /could not be delivered/i],
    ["nobody", "AttemptFail_002", /could not hand over/i],
  ] as const;
  const parcels = [];
  for (const [who, subtag] of told) {
    const parcel = await ship(who);
    await tell(parcel, subtag);
    parcels.push(parcel);
  }
  for (const [index, [, , subject]] of told.entries()) await receive(stage, parcels[index]!.email, subject);
});
