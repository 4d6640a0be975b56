import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { Shop } from "#app/generated/prisma/client";
import { anOrderToTell, aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { NOW, queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { changeSettings } from "#app/shops/shops.server";
import { DEFAULT_TEMPLATES, type TemplateKey } from "./default-templates";
import {
  archiveTemplate,
  closeSmtp,
  createTemplate,
  liveTemplate,
  liveTemplates,
  renameTemplate,
  restoreVersion,
  saveTemplate,
  switchTemplate,
  templatePurpose,
  templateState,
  type NewTemplate,
} from "./messages.server";

let server: TestMailServer;

beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
});
afterEach(() => {
  server.mails.length = 0;
});
afterAll(async () => {
  closeSmtp();
  await server.stop();
  await stopQueue();
});

async function make(shop: Shop, template: Partial<NewTemplate> = {}): Promise<TemplateKey> {
  const wanted: NewTemplate = { name: "Spring", purpose: "transactional", from: null, ...template };
  const made = await inShop(shop.id, (tx) => createTemplate(tx, shop.id, wanted, { author: "", now: NOW }));
  if (made.status !== "created") throw new Error(made.status);
  return made.key;
}

const listed = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => liveTemplates(tx, shop.id)))
    .filter(({ key }) => key.startsWith("own-"))
    .map(({ name }) => name);

test("a shop's own template is made, edited, sent, put away and brought back; another shop knows nothing of it", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const key = await make(shop);
  const { content } = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, key));
  const edit = { content: { ...content, subject: { en: "It is spring" } }, author: "", now: NOW };
  expect(await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, key, edit))).toMatchObject({ version: 2 });
  // From a tab that still shows the first version.
  const stale = { ...edit, seen: 1 };
  expect(await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, key, stale))).toEqual({ status: "changed" });
  const ports = testPorts({ smtpUrl: server.url, now: () => NOW });
  const sent = await sendQueued(shop, await queueMail(shop, await anOrderToTell(shop), { key }), ports);
  expect([sent.state, sent.purpose, server.mails[0]!.subject]).toEqual([
    "sent",
    "transactional",
    "It is spring",
  ]);

  await inShop(shop.id, (tx) => archiveTemplate(tx, shop.id, key, true, NOW));
  expect(await listed(shop)).toEqual([]);
  expect(await queueMail(shop, await anOrderToTell(shop), { key })).toMatchObject({ reason: "template-off" });
  await inShop(shop.id, (tx) => archiveTemplate(tx, shop.id, key, false, NOW));
  expect(await listed(shop)).toEqual(["Spring"]);

  expect(await listed(other)).toEqual([]);
  expect(await inShop(other.id, (tx) => templateState(tx, other.id, key))).toBeNull();
  expect(await inShop(other.id, (tx) => renameTemplate(tx, other.id, key, "Mine", NOW))).toBe(false);
  expect(await inShop(other.id, (tx) => archiveTemplate(tx, other.id, key, true, NOW))).toBe(false);
  await expect(inShop(other.id, (tx) => saveTemplate(tx, other.id, key, edit))).rejects.toThrow(
    /no template/,
  );
  expect(await listed(shop)).toEqual(["Spring"]);
});

test("a copy starts as the original is now, keeps its own name and purpose, and changes alone", async () => {
  const shop = await aShop();
  const { content } = DEFAULT_TEMPLATES.shipped;
  const edit = { content: { ...content, subject: { en: "Off it goes" } }, author: "", now: NOW };
  await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, "shipped", edit));
  const key = await make(shop, { name: "Shipped, and news", purpose: "marketing", from: "shipped" });
  const copy = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, key));
  expect(copy).toMatchObject({
    version: 1,
    purpose: "marketing",
    content: { subject: { en: "Off it goes" } },
  });
  expect(await inShop(shop.id, (tx) => templatePurpose(tx, shop.id, key))).toBe("marketing");
  const change = { content: { ...content, subject: { en: "Changed" } }, author: "", now: NOW };
  await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, key, change));
  await inShop(shop.id, (tx) => switchTemplate(tx, shop.id, key, false, NOW));
  const original = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, "shipped"));
  expect([original.content.subject.en, original.enabled]).toEqual(["Off it goes", true]);
  expect(await inShop(shop.id, (tx) => renameTemplate(tx, shop.id, key, "Renamed", NOW))).toBe(true);
  expect(await listed(shop)).toEqual(["Renamed"]);
});

test("built-in templates keep their names and stay; own ones have no built-in form to go back to", async () => {
  const shop = await aShop();
  const key = await make(shop);
  const inside = await inShop(shop.id, async (tx) => [
    await renameTemplate(tx, shop.id, "shipped", "X", NOW),
    await archiveTemplate(tx, shop.id, "shipped", true, NOW),
    (await restoreVersion(tx, shop.id, key, { version: 0, author: "", now: NOW })).status,
    (
      await createTemplate(
        tx,
        shop.id,
        { name: "Y", purpose: "marketing", from: `own-${"0".repeat(32)}` },
        { author: "", now: NOW },
      )
    ).status,
  ]);
  expect(inside).toEqual([false, false, "unknown-version", "unknown-template"]);
});

test("a mail written before the shop changed its languages can still be copied", async () => {
  const shop = await aShop();
  const key = await make(shop);
  const { content } = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, key));
  const edit = { content: { ...content, subject: { en: "Spring" } }, author: "", now: NOW };
  await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, key, edit));
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { locales: ["de"] }));
  const copy = await make(shop, { name: "Copy", from: key });
  const copied = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, copy));
  expect(copied.content.subject).toEqual({ en: "Spring" });
});
