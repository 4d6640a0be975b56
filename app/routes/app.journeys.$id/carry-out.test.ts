/** What the editor saves, and what it refuses and where: in a real database, for two shops. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { JourneyDefinition } from "#app/journeys/definition";
import { journeyOf, journeysOf } from "#app/journeys/journeys.server";
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
