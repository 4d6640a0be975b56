import { expect, test } from "vitest";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { readForm } from "#app/http/form.server";
import { parseWith } from "#app/webhooks/parse-payload";
import { aShop } from "../../tests/factories/shop";
import { parseStorable, storable, storableText } from "./storable";

const DIRTY = "a\0b\ud83d\udc4c\ud83d";

test("NUL and halves of characters go, everything else stays", () => {
  expect(storableText(DIRTY)).toBe("ab👌");
  expect(storable({ ["k\0ey"]: [DIRTY, 1, null, { deep: "x\udc4c" }] })).toEqual({
    key: ["ab👌", 1, null, { deep: "x" }],
  });
  expect(parseStorable(JSON.stringify({ note: DIRTY, kept: "\\u0000" }))).toEqual({
    note: "ab👌",
    kept: "\\u0000",
  });
});

test("forms and webhooks bring only what Postgres keeps", async () => {
  const schema = z.object({ name: z.string() });
  const body = JSON.stringify({ name: DIRTY });
  const form = await readForm(new Request("http://app.example", { method: "POST", body }), schema);
  const payload = parseWith(schema, body);
  expect([form, payload]).toEqual([
    { ok: true, value: { name: "ab👌" } },
    { ok: true, value: { name: "ab👌" } },
  ]);

  const shop = await aShop();
  const brand = { senderName: storableText(DIRTY) };
  await inShop(shop.id, (tx) => tx.shopSettings.update({ where: { shopId: shop.id }, data: { brand } }));
  const stored = await inShop(shop.id, (tx) => tx.shopSettings.findFirstOrThrow());
  expect(stored.brand).toEqual({ senderName: "ab👌" });
});
