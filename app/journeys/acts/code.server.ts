import { randomCode } from "#app/offers/give-code.server";
import { dayBeside, localDay, startOfDay } from "#app/shops/local-day";
import type { CodeStep } from "../definition";
import { askShopify, intentOf } from "../intents.server";
import type { Act } from "./act";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** A code that is not there by then comes too late for the message that should bring it. */
const PATIENCE = DAY;

/**
 * A single-use code, made by Shopify: the journey stands still until it is there, because what comes next tells it.
 * Without a code there is nothing to tell, so the person leaves.
 */
export const code: Act<CodeStep> = async (step, { tx, shopId, config, enrolment, resumed }) => {
  const { now } = config;
  const known = await intentOf(tx, shopId, enrolment.id, step.id);
  if (known?.state === "done") return { status: "done" };
  if (known?.state === "failed") return { status: "leave", reason: "code-failed" };
  if (known && resumed && now.getTime() - known.createdAt.getTime() >= PATIENCE) {
    return { status: "leave", reason: "code-failed" };
  }
  if (!known) {
    const { timezone } = await tx.shop.findUniqueOrThrow({
      where: { id: shopId },
      select: { timezone: true },
    });
    // The first moment after the last day, as the shop's clocks have it: the mail names that day.
    const endsAt = startOfDay(dayBeside(localDay(now, timezone), step.validDays + 1), timezone);
    const payload = { code: randomCode(), percent: step.percent, endsAt: endsAt.toISOString() };
    const { customerGid } = enrolment;
    await askShopify(tx, shopId, { enrolment, stepId: step.id, kind: "code", customerGid, payload }, now);
  }
  return { status: "parked", until: new Date(now.getTime() + PATIENCE) };
};
