import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment, JourneyIntent, Prisma } from "#app/generated/prisma/client";
import { createDiscount, findDiscountByCode } from "#app/offers/shopify-discounts.server";
import { publish } from "#app/queue/queue.server";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";

/**
 * What journeys ask of Shopify. Each request is a row before it is a call: pending → unknown while nobody knows whether
 * Shopify has done it → done or failed. A tag or a field set twice is set once, so what is unknown is asked again; a
 * discount is looked up by its code first.
 */

export type IntentKind = "tag" | "metafield" | "code";

type Request = {
  enrolment: Pick<Enrolment, "id">;
  stepId: string;
  kind: IntentKind;
  customerGid: string | null;
  payload: Prisma.InputJsonObject;
};

/** Writes the request once and starts its job. */
export async function askShopify(tx: Tx, shopId: ShopId, request: Request, now: Date): Promise<void> {
  const { enrolment, stepId, kind, customerGid, payload } = request;
  const id = newId(now);
  const created = await tx.journeyIntent.createMany({
    data: [{ shopId, id, enrolmentId: enrolment.id, stepId, kind, customerGid, payload, createdAt: now }],
    skipDuplicates: true,
  });
  if (created.count > 0) await publish(tx, "journey.intent-made", { shopId, intentId: id });
}

export async function intentOf(
  tx: Tx,
  shopId: ShopId,
  enrolmentId: string,
  stepId: string,
): Promise<JourneyIntent | null> {
  return tx.journeyIntent.findUnique({
    where: { shopId_enrolmentId_stepId: { shopId, enrolmentId, stepId } },
  });
}

/** The newest code that this enrolment was given, for the messages that come after it. */
export async function codeOf(
  tx: Tx,
  shopId: ShopId,
  enrolmentId: string,
): Promise<{ code: string; percent: number; endsAt: Date } | null> {
  const row = await tx.journeyIntent.findFirst({
    where: { shopId, enrolmentId, kind: "code", state: "done" },
    orderBy: { createdAt: "desc" },
  });
  if (!row) return null;
  const { code, percent, endsAt } = row.payload as CodePayload;
  return { code, percent, endsAt: new Date(endsAt) };
}

type CodePayload = { code: string; percent: number; endsAt: string };
type TagPayload = { tag: string };
type FieldPayload = { namespace: string; key: string; value: string };

export type IntentPorts = {
  admin: AdminClient;
  /** Each step is stored in a transaction of its own, so that a crash leaves a trace. */
  inShop: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
  now: Date;
  currency: string;
};

/** @throws where Shopify could not be reached; the job is then tried again */
export async function fulfilIntent(shopId: ShopId, intentId: string, ports: IntentPorts): Promise<void> {
  const where = { shopId_id: { shopId, id: intentId } };
  const intent = await ports.inShop((tx) => tx.journeyIntent.findUnique({ where }));
  if (!intent || intent.state === "done" || intent.state === "failed") return;
  const wasAsked = intent.state === "unknown";
  await ports.inShop((tx) => tx.journeyIntent.update({ where, data: { state: "unknown" } }));
  const problem = await ask(intent, ports, wasAsked);
  await ports.inShop(async (tx) => {
    await tx.journeyIntent.update({
      where,
      data: { state: problem === null ? "done" : "failed", error: problem, doneAt: ports.now },
    });
    // Who stands at this step goes on with the next sweep.
    await tx.enrolment.updateMany({
      where: { shopId, id: intent.enrolmentId, state: "waiting", position: intent.stepId },
      data: { dueAt: ports.now },
    });
  });
}

/** @returns why Shopify refused, or null where it is done */
async function ask(intent: JourneyIntent, ports: IntentPorts, wasAsked: boolean): Promise<string | null> {
  try {
    if (intent.kind === "code") return await makeCode(intent, ports, wasAsked);
    return await writeToCustomer(intent, ports.admin);
  } catch (error) {
    // Shopify understood and will not do it, now or later: a scope is missing, or the customer is gone.
    if (error instanceof AdminApiError && error.kind === "rejected") return error.message.slice(0, 300);
    throw error;
  }
}

async function makeCode(
  intent: JourneyIntent,
  ports: IntentPorts,
  wasAsked: boolean,
): Promise<string | null> {
  const { code, percent, endsAt } = intent.payload as CodePayload;
  if (wasAsked && (await findDiscountByCode(ports.admin, code))) return null;
  const made = await createDiscount(ports.admin, {
    title: `Postlude: ${percent}% (${code})`,
    code,
    productGid: null,
    percent,
    minimumMinor: 0,
    currency: ports.currency,
    startsAt: intent.createdAt,
    endsAt: new Date(endsAt),
  });
  return made.status === "created" ? null : made.problem;
}

const ADD_TAG = `#graphql
  mutation TagCustomer($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
  }`;

const SET_FIELD = `#graphql
  mutation SetCustomerField($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message code } }
  }`;

type Answer = { userErrors: { message: string }[] };

async function writeToCustomer(intent: JourneyIntent, admin: AdminClient): Promise<string | null> {
  const { customerGid, kind, payload } = intent;
  if (!customerGid) return "There is no customer.";
  let answer: Answer;
  if (kind === "tag") {
    const { tag } = payload as TagPayload;
    answer = (await admin.query<{ tagsAdd: Answer }>(ADD_TAG, { id: customerGid, tags: [tag] })).tagsAdd;
  } else {
    const field = { ownerId: customerGid, type: "single_line_text_field", ...(payload as FieldPayload) };
    answer = (await admin.query<{ metafieldsSet: Answer }>(SET_FIELD, { metafields: [field] })).metafieldsSet;
  }
  return answer.userErrors.length > 0 ? answer.userErrors.map(({ message }) => message).join(" ") : null;
}
