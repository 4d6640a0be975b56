import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { AcceptOfferResponse, DecideResponse, OutcomeResponse } from "../../extensions/shared/contract";
import { answerBlock } from "#app/api/decide.server";
import { MomentSchema } from "#app/api/moment";
import { inShop } from "#app/db/in-shop.server";
import { isDatabaseAway } from "#app/db/pool.server";
import { parseStorable } from "#app/db/storable";
import { recordOutcome } from "#app/decisions/outcomes.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { acceptOffer } from "#app/offers/accept.server";
import { installedShop } from "#app/shops/known-shops.server";
import { readProxyCall } from "./app-proxy.server";
import { readBody } from "./read-body.server";
import { visitLimit } from "./visit-limit";

/**
 * `POST https://<shop>/apps/postlude/cart/<what>`: what the cart block of the theme asks (extensions/storefront). Shopify's
 * proxy signs the query, so shop and signed-in customer are certain. The body is the visitor's own word: it is believed
 * about the cart and nothing else. The cart's token stands where an order's id stands after the purchase.
 */
const BODY_LIMIT = 64 * 1024;
const mayAsk = visitLimit(120);

type Caller = { shop: Shop; customerGid: string | null; now: Date };

const AskSchema = MomentSchema.in
  .pick({ locale: true, currency: true, country: true, lines: true, mayLink: true, preview: true })
  .extend({ cartToken: z.string().trim().min(1).max(200) });
const PlacementSchema = z.object({ decisionId: z.uuid(), position: z.int().min(1).max(3) });
const OutcomeSchema = PlacementSchema.extend({ outcome: z.enum(["impression", "click", "dismissal"]) });
const AcceptSchema = PlacementSchema.extend({ atFullPrice: z.boolean().optional() });

type Answer = { status: number; body: object };

const ANSWERS: Record<string, (caller: Caller, body: unknown) => Promise<Answer>> = {
  "/proxy/cart/decide": parsed(AskSchema, decideForCart),
  "/proxy/cart/outcome": parsed(OutcomeSchema, tellOutcome),
  "/proxy/cart/accept": parsed(AcceptSchema, accept),
};

export function isCartOfferPath(path: string): boolean {
  return path in ANSWERS;
}

export async function handleCartOffer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, body } = await answer(request);
    send(response, status, body);
  } catch (error) {
    log.error({ error: String(error) }, "cart offer failed");
    if (isDatabaseAway(error)) response.setHeader("retry-after", "5");
    send(response, 503, { status: "unavailable" });
  }
}

async function answer(request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://app");
  const now = new Date();
  const call = readProxyCall(url.searchParams, env().SHOPIFY_API_SECRET, now);
  if (!call) return { status: 401, body: { status: "unauthorized" } };
  if (request.method !== "POST")
    return { status: 405, body: { status: "malformed", problems: ["use POST"] } };
  // Another site's form cannot send this type, so it cannot ask in a visitor's name.
  if (!request.headers["content-type"]?.startsWith("application/json")) {
    return { status: 415, body: { status: "malformed", problems: ["send JSON"] } };
  }
  const shop = await installedShop(call.shopDomain);
  if (!shop) return { status: 404, body: { status: "not-found" } };
  const visitor = String(request.headers["x-forwarded-for"] ?? "").split(",")[0]!;
  if (!mayAsk(`${shop.id} ${visitor.trim()}`, now)) return { status: 429, body: { status: "too-many" } };
  const body = await readBody(request, BODY_LIMIT);
  if (!body) return { status: 413, body: { status: "too-large" } };
  return ANSWERS[url.pathname]!({ shop, customerGid: call.customerGid, now }, json(body));
}

function json(body: Buffer): unknown {
  try {
    return parseStorable(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function parsed<Input>(schema: z.ZodType<Input>, handle: (caller: Caller, input: Input) => Promise<object>) {
  return async (caller: Caller, body: unknown): Promise<Answer> => {
    const read = schema.safeParse(body);
    if (read.success) return { status: 200, body: await handle(caller, read.data) };
    const problems = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return { status: 400, body: { status: "malformed", problems } };
  };
}

/** One offer at most: beside a cart, two are a shelf. */
async function decideForCart(
  caller: Caller,
  { cartToken, ...asked }: z.output<typeof AskSchema>,
): Promise<DecideResponse> {
  const moment = MomentSchema.parse({ ...asked, surface: "cart", checkoutToken: cartToken });
  const { decisionId, placements } = await answerBlock(caller, { block: "offers", moment });
  const offers = placements.filter(({ kind }) => kind === "offer").slice(0, 1);
  return { decisionId, placements: offers };
}

async function tellOutcome(
  { shop, now }: Caller,
  { outcome, ...placement }: z.output<typeof OutcomeSchema>,
): Promise<OutcomeResponse> {
  return {
    status: await inShop(shop.id, (tx) => recordOutcome(tx, shop.id, placement, outcome, now)),
  };
}

async function accept(
  { shop, now }: Caller,
  input: z.output<typeof AcceptSchema>,
): Promise<AcceptOfferResponse> {
  const { id, domain: shopDomain, currency } = shop;
  return inShop(id, (tx) => acceptOffer(tx, id, { ...input, order: null, shopDomain, currency }, now));
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
