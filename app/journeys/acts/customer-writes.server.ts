import type { MetafieldStep, TagStep } from "../definition";
import { askShopify } from "../intents.server";
import type { Act, ActOutcome, Scene } from "./act";

/** What is written to the customer in Shopify: asked for as an intent, done by a job, so that nobody waits for it. */

export const tag: Act<TagStep> = (step, scene) => write(scene, step.id, "tag", { tag: step.tag });

export const metafield: Act<MetafieldStep> = (step, scene) =>
  write(scene, step.id, "metafield", { namespace: step.namespace, key: step.key, value: step.value });

async function write(
  { tx, shopId, config, enrolment }: Scene,
  stepId: string,
  kind: "tag" | "metafield",
  payload: Record<string, string>,
): Promise<ActOutcome> {
  const { customerGid } = enrolment;
  if (!customerGid) return { status: "refused", reason: "no-customer" };
  await askShopify(tx, shopId, { enrolment, stepId, kind, customerGid, payload }, config.now);
  return { status: "done" };
}
