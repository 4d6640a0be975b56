/** What START brings back after a STOP. How the words come in by Twilio is shown in app/http/providers.test.ts. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { consentOf, isSuppressed, recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aShop } from "../../tests/factories/shop";
import { recordStop } from "./reports.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const keys = { secret: env().ENCRYPTION_KEY };

test.each([
  ["agreed before", [["subscribed", -5]], "subscribed"],
  [
    "had left before",
    [
      ["subscribed", -9],
      ["unsubscribed", -5],
    ],
    "unsubscribed",
  ],
  ["agreed at a checkout after their STOP", [["subscribed", 60]], "subscribed"],
  [
    "left elsewhere after their STOP",
    [
      ["subscribed", -5],
      ["unsubscribed", 60],
    ],
    "unsubscribed",
  ],
] as const)(
  "START brings back what stood before a STOP, twice over: who %s",
  async (_name, said, restored) => {
    const [shop, other] = [await aShop(), await aShop()];
    const whose = {
      channel: "sms",
      address: "+4915112345678",
      customerGid: "gid://shopify/Customer/7",
    } as const;
    const isStopped = (one: Shop) => inShop(one.id, (tx) => isSuppressed(tx, one.id, whose, keys));
    const consentIn = async (one: Shop) =>
      (await inShop(one.id, (tx) => consentOf(tx, one.id, whose, keys)))?.state;
    let n = 0;
    const tell = (state: "subscribed" | "unsubscribed", changedAt: Date, level: string | null = null) => {
      const change = { ...whose, state, source: "shopify", changedAt, optInLevel: level } as const;
      const sourceKey = `told:${++n}`;
      return inShop(shop.id, (tx) => recordConsent(tx, shop.id, { ...change, sourceKey }, keys));
    };
    const answer = (word: string, now: Date, sid = `SM${++n}`) =>
      inShop(shop.id, (tx) =>
        recordStop(tx, shop.id, { channel: "sms", phone: whose.address, word, sourceKey: sid, now }, keys),
      );
    const stop = new Date("2026-11-22T12:00:00.400Z");
    const after = (seconds: number) => new Date(stop.getTime() + seconds * 1000);
    for (const [state, seconds] of said.filter(([, when]) => when < 0)) await tell(state, after(seconds));
    await answer("STOP", stop, "SM-stop");
    // Shopify tells our own word back, in whole seconds.
    await tell("unsubscribed", new Date("2026-11-22T12:00:00Z"));
    for (const [state, seconds] of said.filter(([, when]) => when > 0)) await tell(state, after(seconds));
    await answer("START", after(120), "SM-start");
    expect(await isStopped(shop)).toBe(false);
    expect(await consentIn(shop)).toBe(restored);
    await answer("STOP", after(180));
    expect([await isStopped(shop), await consentIn(shop)]).toEqual([true, "unsubscribed"]);
    // Told again by Twilio, the first two words change nothing.
    await answer("START", after(190), "SM-start");
    expect(await isStopped(shop)).toBe(true);
    await answer("START", after(240));
    await answer("STOP", after(250), "SM-stop");
    expect([await isStopped(shop), await consentIn(shop)]).toEqual([false, restored]);
    expect(await consentIn(other)).toBeUndefined();
  },
);
