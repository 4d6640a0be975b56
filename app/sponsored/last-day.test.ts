/** The last day of a campaign, in the shop's own calendar. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { partners, share } from "../../tests/factories/partners";
import { aCampaignForm, anAdvertiser } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import type { CampaignForm } from "./campaign";
import { createCampaign, saveCampaign } from "./sponsored.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

test("a last day that is over is refused where it is new; a campaign that has ended may still be renamed", async () => {
  const shop = await aShop({ timezone: "Pacific/Auckland" });
  const other = await aShop({ timezone: "Pacific/Auckland" });
  const { id: advertiserId } = await anAdvertiser(shop);
  // The twenty-fourth in Auckland, the twenty-third in Greenwich.
  const now = new Date("2026-11-23T20:00:00Z");
  const create = (endsOn: string) =>
    inShop(shop.id, (tx) => createCampaign(tx, shop, { advertiserId, form: aCampaignForm({ endsOn }) }, now));
  const refused = { status: "invalid", problems: { endsOn: "This day is over. Use today or a later day." } };
  expect(await create("2026-11-23")).toEqual(refused);
  const made = await create("2026-11-24");
  if (made.status !== "saved") throw new Error(made.status);
  const later = new Date("2026-12-01T20:00:00Z");
  const save = (change: Partial<CampaignForm>, where = shop) =>
    inShop(where.id, (tx) => saveCampaign(tx, where, made.id, aCampaignForm(change), later));
  expect(await save({ endsOn: "2026-11-24", name: "Renamed" })).toEqual(made);
  expect(await save({ endsOn: "2026-11-25" })).toEqual(refused);
  expect(await save({ endsOn: "2026-12-02" })).toEqual(made);
  expect((await save({ endsOn: "2026-12-03" }, other)).status).toBe("unknown");
});

test("an offer for a partner does not begin with a last day that is over", async () => {
  const [, coffee] = await partners();
  expect(await share(coffee, { endsOn: "2020-01-01" })).toEqual({
    status: "invalid",
    problems: { endsOn: "This day is over. Use today or a later day." },
  });
  expect((await share(coffee, { endsOn: "2199-01-01" })).status).toBe("shared");
});
