import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  isSuppressed,
  liftSuppression,
  mayReach,
  recordConsent,
  stopAgain,
  suppress,
} from "#app/contact-policy/contact-policy.server";
import type { Channel } from "#app/contact-policy/contact";
import { addressHash } from "#app/db/seal";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { redactPerson } from "#app/privacy/privacy.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { eraseAll } from "../../tests/factories/erasures";
import { anOrderToTell } from "../../tests/factories/messages";
import { NOW, queueMail } from "../../tests/factories/outbox";
import { aShop } from "../../tests/factories/shop";
import { recordStop } from "./reports.server";
import { stoppedAddresses } from "./messages.server";
import type { StoppedQuestion } from "./stopped-addresses.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const keys = { secret: env().ENCRYPTION_KEY };
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const PHONE = "+4915112345678";

/** Somebody who got a mail, and whose address was stopped for this reason. */
async function stopped(shop: Shop, address: string, reason: string, now = NOW): Promise<void> {
  const order = await anOrderToTell(shop, { email: address, customerGid: null });
  await queueMail(shop, order, { now });
  await inShop(shop.id, (tx) => suppress(tx, shop.id, { channel: "email", address, reason, now }, keys));
}

async function ask(shop: Shop, question: Partial<StoppedQuestion> = {}) {
  const list = { reason: null, address: null, before: null, limit: 50, ...question };
  const found = await inShop(shop.id, (tx) => stoppedAddresses(tx, shop.id, list, keys));
  return found.status === "found" ? found : { addresses: [], more: false };
}
const told = async (shop: Shop, question: Partial<StoppedQuestion> = {}) =>
  (await ask(shop, question)).addresses.map(({ address, reason }) => `${address}: ${reason}`);

const named = (shop: Shop, address: string, channel: Channel = "email") => ({
  channel,
  hash: addressHash(keys.secret, shop.id, address),
});
const lift = async (shop: Shop, address: string, channel?: Channel) =>
  (await inShop(shop.id, (tx) => liftSuppression(tx, shop.id, named(shop, address, channel), at(60)))).status;
const isStopped = (shop: Shop, address: string) =>
  inShop(shop.id, (tx) => isSuppressed(tx, shop.id, { channel: "email", address }, keys));
const isReached = async (shop: Shop, address: string) => {
  const question = { channel: "email", address, purpose: "transactional", messageType: "thank-you" } as const;
  return (await inShop(shop.id, (tx) => mayReach(tx, shop.id, question, keys))).allowed;
};

test("addresses are listed newest first with their reason, by page, by reason and by address", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await stopped(shop, "gone@example.com", "hard-bounce", at(1));
  await stopped(shop, "angry@example.com", "complaint", at(2));
  const left = {
    channel: "email",
    address: "left@example.com",
    customerGid: "gid://shopify/Customer/5",
  } as const;
  await inShop(shop.id, async (tx) => {
    const customer = { shopId: shop.id, gid: left.customerGid, email: "Left@example.com", createdAt: NOW };
    await tx.customer.create({ data: customer });
    const change = { state: "unsubscribed", source: "shopify", changedAt: at(3), sourceKey: "left" } as const;
    await recordConsent(tx, shop.id, { ...left, ...change }, keys);
    await recordConsent(
      tx,
      shop.id,
      { ...left, ...change, address: "angry@example.com", sourceKey: "angry" },
      keys,
    );
  });
  const all = [
    "Left@example.com: unsubscribed",
    "angry@example.com: complaint",
    "gone@example.com: hard-bounce",
  ];
  expect(await told(shop)).toEqual(all);
  expect(await told(shop, { reason: "hard-bounce" })).toEqual(all.slice(2));
  expect(await told(shop, { reason: "unsubscribed" })).toEqual(all.slice(0, 1));
  expect(await told(shop, { address: " ANGRY@example.com " })).toEqual(all.slice(1, 2));
  expect(await told(shop, { address: "nobody@example.com" })).toEqual([]);
  const first = await ask(shop, { limit: 2 });
  expect([first.addresses.length, first.more]).toEqual([2, true]);
  const last = first.addresses.at(-1)!;
  const before = { at: last.since, key: `${last.channel}.${last.hash}` };
  expect(await told(shop, { limit: 2, before })).toEqual(all.slice(2));
  expect(await told(other)).toEqual([]);
  const wrong = { reason: null, address: "gone@", before: null, limit: 5 };
  expect(await inShop(shop.id, (tx) => stoppedAddresses(tx, shop.id, wrong, keys))).toEqual({
    status: "no-address",
  });
});

test("a bounce is lifted, and taken back, and comes back with the next bounce; another shop's stays", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const one of [shop, other]) await stopped(one, "gone@example.com", "hard-bounce");
  expect(
    await inShop(other.id, (tx) => liftSuppression(tx, other.id, named(shop, "gone@example.com"), NOW)),
  ).toEqual({ status: "unknown" });
  expect(await isReached(shop, "gone@example.com")).toBe(false);
  expect([await lift(shop, "gone@example.com"), await lift(shop, "gone@example.com")]).toEqual([
    "lifted",
    "unknown",
  ]);
  expect([await isStopped(shop, "gone@example.com"), await isReached(shop, "gone@example.com")]).toEqual([
    false,
    true,
  ]);
  expect([await told(shop), (await told(other)).length]).toEqual([[], 1]);
  const back = () => inShop(shop.id, (tx) => stopAgain(tx, shop.id, named(shop, "gone@example.com")));
  expect([await back(), await back()]).toEqual([true, false]);
  expect((await ask(shop)).addresses).toMatchObject([{ reason: "hard-bounce", since: NOW }]);
  await lift(shop, "gone@example.com");
  await stopped(shop, "gone@example.com", "hard-bounce", at(90));
  expect((await ask(shop)).addresses).toMatchObject([{ reason: "hard-bounce", since: at(90) }]);
  expect([await isStopped(shop, "gone@example.com"), await isStopped(other, "gone@example.com")]).toEqual([
    true,
    true,
  ]);
});

test("complaints, STOP and erasures are not lifted, also where a bounce came before them", async () => {
  const shop = await aShop();
  for (const reason of ["complaint", "stop", "redaction"]) {
    await stopped(shop, `${reason}@example.com`, reason);
    expect(await lift(shop, `${reason}@example.com`)).toBe("refused");
  }
  for (const later of ["complaint", "redaction"]) {
    await stopped(shop, `${later}-later@example.com`, "hard-bounce");
    await stopped(shop, `${later}-later@example.com`, later, at(1));
    expect(await lift(shop, `${later}-later@example.com`)).toBe("refused");
  }

  const whose = { channel: "sms", address: PHONE } as const;
  await inShop(shop.id, async (tx) => {
    await suppress(tx, shop.id, { ...whose, reason: "hard-bounce", now: NOW }, keys);
    const stop = { channel: "sms", phone: PHONE, word: "STOP", sourceKey: "SM1", now: at(2) } as const;
    await recordStop(tx, shop.id, stop, keys);
  });
  expect(await lift(shop, PHONE, "sms")).toBe("refused");
  expect((await ask(shop, { address: PHONE })).addresses).toMatchObject([{ reason: "stop" }]);
});

const SMS = { channel: "sms", address: PHONE } as const;
const answer = (shop: Shop, word: string, minute: number) =>
  inShop(shop.id, (tx) => {
    const sent = { channel: "sms", phone: PHONE, word, sourceKey: `SM${minute}`, now: at(minute) } as const;
    return recordStop(tx, shop.id, sent, keys);
  });

test.each([
  ["preference-page", "unsubscribed"],
  ["shopify", "unsubscribed"],
  ["shopify", "subscribed"],
] as const)(
  "a STOP behind a bounce stands until START, whatever is said elsewhere after it: %s, %s",
  async (source, state) => {
    const [shop, other] = [await aShop(), await aShop()];
    for (const { id } of [shop, other])
      await inShop(id, (tx) => suppress(tx, id, { ...SMS, reason: "hard-bounce", now: NOW }, keys));
    await answer(shop, "STOP", 1);
    for (const { id } of [shop, other]) {
      const change = { ...SMS, customerGid: null, state, source, changedAt: at(5), sourceKey: "later" };
      await inShop(id, (tx) => recordConsent(tx, id, change, keys));
    }
    expect((await ask(shop)).addresses).toMatchObject([{ reason: "stop" }]);
    expect(await lift(shop, PHONE, "sms")).toBe("refused");
    expect(await inShop(shop.id, (tx) => isSuppressed(tx, shop.id, SMS, keys))).toBe(true);
    expect(await lift(other, PHONE, "sms")).toBe("lifted");

    await answer(shop, "START", 10);
    expect((await ask(shop)).addresses).toMatchObject([{ reason: "hard-bounce" }]);
    expect(await lift(shop, PHONE, "sms")).toBe("lifted");
  },
);

test("a bounce is not lifted while a STOP comes in", async () => {
  const shop = await aShop();
  await inShop(shop.id, (tx) => suppress(tx, shop.id, { ...SMS, reason: "hard-bounce", now: NOW }, keys));
  let lifting: Promise<string> | undefined;
  await inShop(shop.id, async (tx) => {
    const stop = { channel: "sms", phone: PHONE, word: "STOP", sourceKey: "SM1", now: at(1) } as const;
    await recordStop(tx, shop.id, stop, keys);
    lifting = lift(shop, PHONE, "sms");
    await setTimeout(300);
  });
  expect(await lifting).toBe("refused");
  expect(await inShop(shop.id, (tx) => isSuppressed(tx, shop.id, SMS, keys))).toBe(true);
});

test("who was erased is listed without an address, and a bounce of theirs can no longer be lifted", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  for (const one of [shop, other]) await stopped(one, "ada@example.com", "hard-bounce");
  await lift(shop, "ada@example.com");
  const nobody = { customerGid: null, phone: null, orderGids: [], sourceKey: "erase" };
  await inShop(shop.id, (tx) =>
    redactPerson(tx, shop.id, { ...nobody, email: "ada@example.com" }, { ...keys, now: at(5) }),
  );
  // Also before the messages that hold their address are worked off.
  expect(await told(shop)).toEqual(["null: redaction"]);
  await eraseAll();
  expect(await told(shop)).toEqual(["null: redaction"]);
  expect(await lift(shop, "ada@example.com")).toBe("refused");
  expect(await told(other)).toEqual(["ada@example.com: hard-bounce"]);
});

test("a number that bounced on WhatsApp or by text message cannot be lifted once its owner was erased", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const channels = ["sms", "whatsapp"] as const;
  for (const { id } of [shop, other])
    for (const channel of channels) {
      const bounced = { channel, address: PHONE, reason: "hard-bounce", now: NOW };
      await inShop(id, (tx) => suppress(tx, id, bounced, keys));
    }
  const person = { customerGid: null, email: null, phone: PHONE, orderGids: [], sourceKey: "erase" };
  await inShop(shop.id, (tx) => redactPerson(tx, shop.id, person, { ...keys, now: at(5) }));
  await eraseAll();
  for (const channel of channels) {
    expect(await lift(shop, PHONE, channel)).toBe("refused");
    expect(await lift(other, PHONE, channel)).toBe("lifted");
  }
});
