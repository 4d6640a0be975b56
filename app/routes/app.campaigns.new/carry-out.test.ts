/** What a new campaign is refused for, beside which field. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { readForm } from "#app/http/form.server";
import { campaignsOf, liveTemplate, saveTemplate } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { changeSettings } from "#app/shops/shops.server";
import { aMarketingTemplate, aShopWithBuyers } from "../../../tests/factories/campaigns";
import { carryOut } from "./carry-out.server";
import { ActionForm, type CampaignAction } from "./form";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-22T12:00:00Z");
const reach = {
  ...{ countries: [], leastOrders: 0, orderedSince: "", orderedBefore: "", holdoutPercent: 0 },
  ...{ when: "now", at: "", channels: ["email"] },
} satisfies Partial<CampaignAction>;

type Schedule = Extract<CampaignAction, { intent: "schedule" }>;

const KEY = "0193a1b2-0000-7000-8000-000000000001";

function schedule(shop: Shop, template: Schedule["template"], change: Partial<Schedule> = {}) {
  const wish: Schedule = { intent: "schedule", key: KEY, name: "News", template, ...reach, ...change };
  return carryOut(shop, wish, NOW);
}

/** Writes what the mail says in these languages. */
async function write(shop: Shop, key: Schedule["template"], text: Record<string, string>): Promise<void> {
  await inShop(shop.id, async (tx) => {
    const { content } = await liveTemplate(tx, shop.id, key);
    const [hello] = content.blocks;
    const blocks = [{ ...hello!, fields: { text: { ...hello!.fields.text, ...text } } }];
    const edit = { content: { ...content, blocks }, author: "", now: NOW };
    expect(await saveTemplate(tx, shop.id, key, edit)).toMatchObject({ status: "saved" });
  });
}

const BEGINNING = "Write this email first: it still has the text that every new email begins with";

test("an email that nobody has written yet, or not in every language, goes to nobody", async () => {
  const [shop, other] = [await aShopWithBuyers(1), await aShopWithBuyers(1)];
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { locales: ["en", "de"] }));
  const key = await aMarketingTemplate(shop);
  expect(await schedule(shop, key)).toEqual({ problems: { template: `${BEGINNING}.` } });
  await write(shop, key, { en: "It is spring." });
  expect(await schedule(shop, key)).toEqual({ problems: { template: `${BEGINNING} (German).` } });
  expect(await inShop(shop.id, (tx) => campaignsOf(tx, shop.id))).toMatchObject({ campaigns: [] });
  // The inbox shows the short text.
  const toInbox = await schedule(shop, key, { channels: ["inbox"], key: randomUUID() });
  expect(toInbox).toEqual({ goTo: expect.anything() });
  // Left out in German, so that the English text stands in for it.
  await write(shop, key, { de: "" });
  expect(await schedule(shop, key)).toEqual({ goTo: expect.stringMatching(/^\/app\/campaigns\/./) });
  expect(await schedule(other, key)).toEqual({ problems: { template: "Choose a message." } });
});

test.each([
  ["2026-11-02", "2026-11-01", { orderedBefore: "Choose a later day than the one it is on or after." }],
  ["2026-11-01", "2026-11-01", { orderedBefore: "Choose a later day than the one it is on or after." }],
  ["2026-11-01", "2026-11-02", {}],
  ["", "2026-11-01", {}],
])("days on or after %s and before %s", async (orderedSince, orderedBefore, problems) => {
  const shop = await aShopWithBuyers(1);
  const days = { orderedSince, orderedBefore };
  const look = await carryOut(shop, { intent: "look", template: "", ...reach, ...days }, NOW);
  expect(look).toMatchObject({
    problems,
    ...(!("orderedBefore" in problems) && { look: { preview: null } }),
  });
  if ("orderedBefore" in problems) expect(look).not.toHaveProperty("look");
  const key = await aMarketingTemplate(shop);
  await write(shop, key, { en: "It is spring." });
  const scheduled = await schedule(shop, key, days);
  expect(scheduled).toMatchObject("orderedBefore" in problems ? { problems } : { goTo: expect.anything() });
});

test.each([
  [{ leastOrders: -1 }, { leastOrders: "Use a whole number from 0." }],
  [{ leastOrders: 1.5 }, { leastOrders: "Use a whole number from 0." }],
  [{ leastOrders: null }, { leastOrders: "Use a whole number from 0." }],
  [{ leastOrders: 99_999_999_999_999_999_999 }, { leastOrders: "Use at most 1,000." }],
  [{ holdoutPercent: 51 }, { holdoutPercent: "Use a whole number from 0 to 50." }],
  [{ holdoutPercent: -1e30 }, { holdoutPercent: "Use a whole number from 0 to 50." }],
  [{ orderedSince: "yesterday" }, { orderedSince: "Choose a day." }],
])("%j says what may be typed", async (change, problems) => {
  const body = JSON.stringify({ intent: "look", template: "", ...reach, ...change });
  const request = new Request("https://app.example/app/campaigns/new", { method: "POST", body });
  expect(await readForm(request, ActionForm)).toEqual({ ok: false, problems });
});
