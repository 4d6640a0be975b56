import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { listSurveys, restoreSurvey, stopSurvey } from "./surveys.server";

const NOW = new Date("2026-11-22T12:00:00Z");

test("an archived survey stands in the archive, and comes back paused, in its own shop only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop);
  const listed = (archived: boolean) =>
    inShop(shop.id, async (tx) =>
      (await listSurveys(tx, shop.id, { archived })).map(({ id, status }) => [id, status]),
    );
  const restore = (of: { id: number }) => inShop(of.id, (tx) => restoreSurvey(tx, of.id, survey.id, NOW));
  expect(await restore(shop)).toEqual({ status: "missing" });

  await inShop(shop.id, (tx) => stopSurvey(tx, shop.id, survey.id, "archived", NOW));
  expect([await listed(false), await listed(true)]).toEqual([[], [[survey.id, "archived"]]]);
  expect(await restore(other)).toEqual({ status: "missing" });
  expect(await restore(shop)).toEqual({ status: "saved" });
  expect([await listed(false), await listed(true)]).toEqual([[[survey.id, "paused"]], []]);
});
