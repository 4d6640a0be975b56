import { contactSettingsOf, mayContactMany, type Keys } from "#app/contact-policy/contact-policy.server";
import type { Verdict } from "#app/contact-policy/contact";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import type { ShopId, Tx } from "#app/db/tx";
import type { Customer, Message, Shop } from "#app/generated/prisma/client";
import type { Settings } from "#app/shops/settings";
import { personKey } from "./addresses.server";
import { isOutranked, type SuppressionReason } from "./judge.server";
import type { Template } from "./templates.server";

const DAY = 24 * 60 * 60 * 1000;

/** What is read once for a batch. */
export type Known = { shop: Shop; settings: Settings; template: Template; customers: Map<string, Customer> };

/**
 * Contact policy for a batch, with a handful of queries; the rules are those of `judge`. What may not go is recorded with
 * its reason, or put back until its hour.
 * @returns those that may go
 */
export async function judgeAll(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  { shop, settings, template, customers }: Known,
  { secret, now }: Keys & { now: Date },
): Promise<Message[]> {
  const rules = await contactSettingsOf(tx, shopId);
  const forAll: SuppressionReason | null =
    shop.status !== "installed"
      ? "uninstalled"
      : !settings.surfaces.message
        ? "messages-off"
        : !template.enabled
          ? "template-off"
          : null;
  const questions = messages.map((message) => {
    const country = customers.get(message.customerGid!)?.country ?? null;
    return {
      personKey: personKey(message),
      address: message.recipient ?? "",
      channel: "email",
      purpose: "marketing",
      messageType: template.key,
      now,
      timezone: shopperZone(country, shop),
      country,
      rules,
    } as const;
  });
  const verdicts = forAll ? [] : await mayContactMany(tx, shopId, questions, { secret });
  const contended = await withWeightier(tx, shopId, messages, now);
  const going: Message[] = [];
  for (const [at, message] of messages.entries()) {
    const outcome = forAll ?? outcomeOf(message, verdicts[at]!);
    const isLess = contended.has(message.id) && (await isOutranked(tx, shopId, message, now));
    if (outcome === "go" && !isLess) going.push(message);
    else await putBack(tx, message, outcome === "go" ? "outranked" : outcome, now);
  }
  return going;
}

/** Messages whose person has a weightier one waiting: few, so only these are looked at closely. */
async function withWeightier(
  tx: Tx,
  shopId: ShopId,
  messages: Message[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const weightier = await tx.message.findMany({
    where: {
      shopId,
      customerGid: { in: messages.map(({ customerGid }) => customerGid!) },
      state: "queued",
      purpose: "marketing",
      priority: { gt: Math.min(...messages.map(({ priority }) => priority)) },
      dueAt: { lte: new Date(now.getTime() + DAY) },
    },
    select: { customerGid: true },
  });
  const whose = new Set(weightier.map(({ customerGid }) => customerGid));
  return new Set(messages.filter(({ customerGid }) => whose.has(customerGid)).map(({ id }) => id));
}

function outcomeOf(message: Message, verdict: Verdict): "go" | Date | SuppressionReason {
  if (!message.recipient) return "no-address";
  if (verdict.allowed) return "go";
  return verdict.reason === "quiet-hours" && verdict.until ? verdict.until : verdict.reason;
}

async function putBack(
  tx: Tx,
  { shopId, id }: Message,
  outcome: Date | SuppressionReason,
  now: Date,
): Promise<void> {
  await tx.message.update({
    where: { shopId_id: { shopId, id } },
    data:
      outcome instanceof Date ? { dueAt: outcome } : { state: "suppressed", reason: outcome, endedAt: now },
  });
}
