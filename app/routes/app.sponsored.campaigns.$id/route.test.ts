/** The editor of a campaign, asked as the admin asks: what it saves, and what it refuses to take back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { campaignById } from "#app/sponsored/sponsored.server";
import { aSession } from "../../../tests/factories/sessions";
import { aCampaignForm, aLiveCampaign, anAdvertiser } from "../../../tests/factories/sponsored";
import { aShop } from "../../../tests/factories/shop";
import { extensionToken } from "../../../tests/factories/tokens";
import { showingStep } from "./form";
import { action, loader } from "./route";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

function ask(shop: Shop, id: string, body?: object) {
  const token = extensionToken(shop.domain, "7", {
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
  });
  const url = `${env().SHOPIFY_APP_URL}/app/sponsored/campaigns/${id}?shop=${shop.domain}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const request = new Request(url, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  return { request, params: { id }, context: {} };
}

test("of two tabs, the second is told and loses nothing; it may insist", async () => {
  const shop = await aShop();
  await aSession(shop);
  const id = await aLiveCampaign(shop, await anAdvertiser(shop));
  const { seen } = await loader(ask(shop, id));
  const save = (name: string, since: string | null, intent = "save") => {
    const wish = { intent, advertiserId: "", partnerId: null, form: aCampaignForm({ name }), seen: since };
    return action(ask(shop, id, wish));
  };
  const read = () => inShop(shop.id, (tx) => campaignById(tx, shop.id, id));
  expect(await save("First tab", seen)).toMatchObject({ saved: "Campaign saved" });
  expect(await save("Second tab", seen)).toMatchObject({ isStale: true });
  expect(await save("Second tab", seen, "pause")).toMatchObject({ isStale: true });
  expect(await read()).toMatchObject({ name: "First tab", status: "live" });
  expect(await save("Second tab", null)).toMatchObject({ saved: "Campaign saved" });
  expect(await read()).toMatchObject({ name: "Second tab" });
});

test("what is paused is resumed, not approved again", () => {
  expect((["waiting", "live", "paused"] as const).map(showingStep)).toEqual([
    "Approve and show",
    "Pause",
    "Resume",
  ]);
});
