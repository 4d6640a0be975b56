import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { foldExposures } from "#app/decisions/fold-exposures.server";
import type { ExperimentForm } from "#app/experiments/experiment";
import { startExperiment } from "#app/experiments/experiments.server";
import type { Shop } from "#app/generated/prisma/client";

/** Starts half against half; web processes see it at once. */
export async function aRunningExperiment(
  shop: Pick<Shop, "id">,
  form: Pick<ExperimentForm, "subject" | "subjectId"> &
    Partial<ExperimentForm> & { change: Record<string, unknown> },
  now = new Date(),
): Promise<string> {
  const { change, ...given } = form;
  const started = await inShop(shop.id, (tx) =>
    startExperiment(
      tx,
      shop.id,
      {
        name: "Test",
        metric: given.subject === "survey" ? "answered" : given.subject === "message" ? "clicks" : "revenue",
        variants: [
          { key: "a", name: "As it is", share: 50, change: {} },
          { key: "b", name: "Changed", share: 50, change },
        ],
        ...given,
      },
      { author: "", now },
    ),
  );
  if (started.status !== "started") throw new Error(started.status);
  forgetShopMemory();
  return started.id;
}

/** Reads all stored decisions for exposures, as the worker does within two minutes. */
export async function foldAll(shop: Pick<Shop, "id">, now = new Date(Date.now() + 60_000)): Promise<number> {
  let read = 0;
  for (let batch = -1; batch !== 0; read += batch) {
    batch = await inShop(shop.id, (tx) => foldExposures(tx, shop.id, now));
  }
  return read;
}
