/** What the editor saves, and what it refuses and where: in a real database, for two shops. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { JourneyDefinition } from "#app/journeys/definition";
import { journeyOf, journeysOf } from "#app/journeys/journeys.server";
import type { TemplateKey } from "#app/messages/default-templates";
import { createTemplate, liveTemplate, saveTemplate } from "#app/messages/messages.server";
import type { Locale } from "#app/shops/settings";
import { changeSettings } from "#app/shops/shops.server";
import { aShop } from "../../../tests/factories/shop";
import { carryOut } from "./carry-out.server";

const NOW = new Date("2026-11-22T12:00:00Z");

const DEFINITION: JourneyDefinition = {
  version: 1,
  trigger: { fact: "order.placed", filters: [] },
  steps: [{ id: "mail", type: "send", template: "thank-you", channels: ["email"] }],
  exits: [],
  reentry: { rule: "per-order", afterDays: null },
  goal: null,
  holdoutPercent: 0,
};

type Wish = Parameters<typeof carryOut>[2]["wish"];

function ask(shop: Shop, id: string, wish: Wish) {
  return inShop(shop.id, (tx) => carryOut(tx, shop.id, { id, wish, author: "7", now: NOW }));
}

const save = (name: string, definition: unknown = DEFINITION, seen: number | null = null): Wish => ({
  ...{ intent: "save", name, definition, seen },
});

async function aJourney(shop: Shop): Promise<string> {
  const result = await ask(shop, "new", save("First"));
  if (!("goTo" in result)) throw new Error(JSON.stringify(result));
  return result.goTo.split("/").at(-1)!;
}

const read = (shop: Shop, id: string) => inShop(shop.id, (tx) => journeyOf(tx, shop.id, id));

test("a journey is written, changed, copied, taken back and switched; another shop touches none of it", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const id = await aJourney(shop);
  expect(await read(shop, id)).toMatchObject({ name: "First", enabled: false, version: 1 });
  const changed = { ...DEFINITION, holdoutPercent: 10 };
  expect(await ask(shop, id, save("Second", changed))).toMatchObject({ saved: "Journey saved" });
  expect(await read(shop, id)).toMatchObject({ version: 2, definition: { holdoutPercent: 10 } });
  await ask(shop, id, { intent: "restore", version: 1 });
  expect(await read(shop, id)).toMatchObject({ version: 3, definition: { holdoutPercent: 0 } });
  await ask(shop, id, { intent: "switch", enabled: true });
  const copy = await ask(shop, id, { intent: "duplicate" });
  const copyId = "goTo" in copy ? copy.goTo.split("/").at(-1)! : "";
  expect(await read(shop, copyId)).toMatchObject({ name: "Second (copy)", enabled: false, key: null });

  const wishes: Wish[] = [
    save("Theirs"),
    { intent: "switch", enabled: false },
    { intent: "restore", version: 1 },
    { intent: "duplicate" },
    { intent: "archive" },
  ];
  for (const wish of wishes) {
    expect(await ask(other, id, wish)).toMatchObject({
      problems: { "": expect.stringContaining("no longer") },
    });
  }
  expect(await read(shop, id)).toMatchObject({ name: "Second", enabled: true, version: 3 });
});

test("the second of two tabs is told that somebody saved meanwhile, and may save over it as a newer version", async () => {
  const shop = await aShop();
  const id = await aJourney(shop);
  expect(await ask(shop, id, save("From one tab", DEFINITION, 1))).toMatchObject({ saved: "Journey saved" });
  expect(await ask(shop, id, save("From the other", DEFINITION, 1))).toMatchObject({ isStale: true });
  expect(await read(shop, id)).toMatchObject({ name: "From one tab", version: 2 });
  expect(await ask(shop, id, save("From the other", DEFINITION, null))).toMatchObject({ problems: {} });
  expect(await read(shop, id)).toMatchObject({ name: "From the other", version: 3 });
});

test("an archived journey leaves the list and comes back as it was", async () => {
  const shop = await aShop();
  const id = await aJourney(shop);
  await ask(shop, id, { intent: "switch", enabled: true });
  expect(await ask(shop, id, { intent: "archive" })).toEqual({ goTo: `/app/journeys?archived=${id}` });
  const ids = async (archived: boolean) =>
    (await inShop(shop.id, (tx) => journeysOf(tx, shop.id, NOW, { archived }))).map((one) => one.id);
  expect(await ids(false)).not.toContain(id);
  expect(await ids(true)).toEqual([id]);
  expect(await ask(shop, id, { intent: "unarchive" })).toMatchObject({ saved: "Journey brought back" });
  expect(await ids(false)).toContain(id);
  expect(await read(shop, id)).toMatchObject({ enabled: true, archived: false, version: 1 });
});

test("a ready journey that was changed goes back to how it came", async () => {
  const shop = await aShop();
  const ready = await inShop(shop.id, (tx) => journeysOf(tx, shop.id, NOW));
  const { id } = ready.find(({ key }) => key === "thank-you")!;
  await ask(shop, id, save("Ours", { ...DEFINITION, holdoutPercent: 50 }));
  expect(await read(shop, id)).toMatchObject({ edited: true, definition: { holdoutPercent: 50 } });
  await ask(shop, id, { intent: "restore", version: null });
  expect(await read(shop, id)).toMatchObject({ definition: { holdoutPercent: 0 } });
});

test("what is wrong is told beside its part, and nothing is saved", async () => {
  const shop = await aShop();
  const id = await aJourney(shop);
  const [mail] = DEFINITION.steps;
  const wrong = { ...DEFINITION, steps: [{ ...mail, template: "own-gone" }], holdoutPercent: 0 };
  expect(await ask(shop, id, save(" ", wrong))).toEqual({
    problems: {
      "name › ": "Give the journey a name.",
      "mail › template": expect.stringMatching(/choose a template/i),
    },
  });
  expect(await read(shop, id)).toMatchObject({ name: "First", version: 1 });
});

async function anOwnMail(shop: Shop): Promise<TemplateKey> {
  const created = await inShop(shop.id, (tx) =>
    createTemplate(
      tx,
      shop.id,
      { name: "Care", purpose: "transactional", from: null },
      { author: "", now: NOW },
    ),
  );
  if (created.status !== "created") throw new Error(created.status);
  return created.key;
}

async function write(shop: Shop, key: TemplateKey, words: Partial<Record<Locale, string>>): Promise<void> {
  await inShop(shop.id, async (tx) => {
    const { content } = await liveTemplate(tx, shop.id, key);
    const [hello] = content.blocks;
    const blocks = [{ ...hello!, fields: { text: { ...hello!.fields.text, ...words } } }];
    const saved = await saveTemplate(tx, shop.id, key, {
      content: { ...content, blocks },
      author: "",
      now: NOW,
    });
    if (saved.status !== "saved") throw new Error(saved.status);
  });
}

test("a journey does not run with an e-mail that nobody has written yet; the step says so", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { locales: ["en", "de"] }));
  const [mine, theirs] = [await aJourney(shop), await aJourney(other)];
  const template = await anOwnMail(shop);
  const [mail] = DEFINITION.steps;
  const sending = (change: object) => ({ ...DEFINITION, steps: [{ ...mail, template, ...change }] });
  const on: Wish = { intent: "switch", enabled: true };
  const problem = (languages = "") => ({
    problems: {
      "mail › template": `Step 1 (Send a message): write this email first: it still has the text that every new email begins with${languages}.`,
    },
  });

  // Switched off it may be built; it cannot be switched on.
  expect(await ask(shop, mine, save("Care", sending({})))).toMatchObject({ saved: "Journey saved" });
  expect(await ask(shop, mine, on)).toEqual(problem());
  expect(await read(shop, mine)).toMatchObject({ enabled: false, version: 2 });
  await write(shop, template, { en: "Keep it dry." });
  expect(await ask(shop, mine, on)).toEqual(problem(" (German)"));
  // Running it takes no such step, neither by an edit nor from an older version.
  await ask(shop, mine, { intent: "restore", version: 1 });
  expect(await ask(shop, mine, on)).toMatchObject({ saved: "Journey switched on" });
  expect(await ask(shop, mine, save("Care", sending({})))).toEqual(problem(" (German)"));
  expect(await ask(shop, mine, { intent: "restore", version: 2 })).toEqual(problem(" (German)"));
  expect(await read(shop, mine)).toMatchObject({ enabled: true, version: 3 });
  // Other channels show the short text.
  expect(await ask(shop, mine, save("Care", sending({ channels: ["inbox"] })))).toMatchObject({
    saved: "Journey saved",
  });
  await write(shop, template, { de: "Trocken halten." });
  expect(await ask(shop, mine, save("Care", sending({})))).toMatchObject({ saved: "Journey saved" });
  expect(await ask(other, theirs, on)).toMatchObject({ saved: "Journey switched on" });
});

test("every ready journey can be switched on", async () => {
  const shop = await aShop();
  const ready = await inShop(shop.id, (tx) => journeysOf(tx, shop.id, NOW));
  expect(ready.length).toBeGreaterThan(20);
  for (const { id } of ready)
    expect(await ask(shop, id, { intent: "switch", enabled: true })).toMatchObject({
      saved: "Journey switched on",
    });
});
