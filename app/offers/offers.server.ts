import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { dayBeside, localDay, startOfDay } from "#app/shops/local-day";
import { hasPlace } from "./live-limit.server";
import { closed, liveTimesOf, opened, type LiveRow, type Stretch } from "./live-times";
import { EMPTY_OFFER, readOffer, standingOf, type Offer, type OfferForm, type OfferStatus } from "./offer";
import { countTaken } from "./taken.server";

/**
 * Offers as the merchant keeps them: write, publish, pause, archive, bring back. What shoppers see of them is chosen by
 * decisions; accepting one is in accept.server.ts. An offer's terms never change for a code that was already given.
 */
export { type Offer, type OfferForm } from "./offer";

/** Whose offer it is, and in which time zone its first and last day are. */
export type OfferShop = { id: ShopId; timezone: string };

/** All offers, newest first; the archived ones only on request. */
export async function listOffers(tx: Tx, shopId: ShopId, { archived = false } = {}): Promise<Offer[]> {
  const rows = await tx.offer.findMany({
    where: { shopId, status: archived ? "archived" : { not: "archived" } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  return rows.map(readOffer);
}

export async function offerById(tx: Tx, shopId: ShopId, id: string): Promise<Offer | null> {
  const row = await tx.offer.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && readOffer(row);
}

/** A live one only where `mayBeLive`. @returns the new offer's id */
export async function createOffer(
  tx: Tx,
  { id: shopId, timezone }: OfferShop,
  form: OfferForm,
  status: "draft" | "live",
  now: Date,
): Promise<string> {
  const id = newId(now);
  const liveTimes = stored(status === "live" ? opened([], now) : []);
  await tx.offer.create({
    data: { shopId, id, status, liveTimes, createdAt: now, updatedAt: now, ...columnsOf(form, timezone) },
  });
  return id;
}

export type SaveStatus = "saved" | "changed" | "archived" | "unknown";

/**
 * @param seen when the offer was last changed before the editor was opened. Where somebody changed it since, nothing is
 *   saved ("changed"): their work would be lost without a word. Left out: saved whatever happened meanwhile.
 */
export async function saveOffer(
  tx: Tx,
  { id: shopId, timezone }: OfferShop,
  id: string,
  form: OfferForm,
  now: Date,
  seen?: Date,
): Promise<{ status: SaveStatus }> {
  const row = await lockOffer(tx, shopId, id);
  if (!row) return { status: "unknown" };
  if (row.status === "archived") return { status: "archived" };
  if (seen && row.updatedAt.getTime() !== seen.getTime()) return { status: "changed" };
  const columns = columnsOf(form, timezone);
  const liveTimes = liveTimesOf(row);
  // Its old days hold for the time until now.
  const kept =
    row.status === "live" && isReplanned(row, columns) ? opened(closed(liveTimes, row, now), now) : liveTimes;
  await tx.offer.update({
    where: { shopId_id: { shopId, id } },
    data: { ...columns, liveTimes: stored(kept), updatedAt: now },
  });
  if (form.capTotal !== null) await countTaken(tx, shopId, id);
  return { status: "saved" };
}

/** From which states a step may be taken, and where it leads. */
const STEPS = {
  publish: { from: ["draft", "paused"], to: "live" },
  pause: { from: ["live"], to: "paused" },
  archive: { from: ["draft", "live", "paused"], to: "archived" },
  /** Takes an archiving back. The offer waits, so that nothing goes live by accident. */
  restore: { from: ["archived"], to: "paused" },
} as const satisfies Record<string, { from: readonly OfferStatus[]; to: OfferStatus }>;
export type OfferStep = keyof typeof STEPS;

/** @returns "too-many" where as many offers as can be are live at the time at which it would run */
export async function moveOffer(
  tx: Tx,
  shopId: ShopId,
  id: string,
  step: OfferStep,
  now: Date,
): Promise<{ status: "moved" | "not-possible" | "too-many" }> {
  const { from, to } = STEPS[step];
  const row = await lockOffer(tx, shopId, id);
  if (!row || !(from as readonly OfferStatus[]).includes(row.status)) return { status: "not-possible" };
  if (to === "live" && !(await hasPlace(tx, shopId, id, row, now))) return { status: "too-many" };
  const liveTimes = liveTimesOf(row);
  const kept = to === "live" ? opened(liveTimes, now) : closed(liveTimes, row, now);
  await tx.offer.update({
    where: { shopId_id: { shopId, id } },
    data: { status: to, liveTimes: stored(kept), updatedAt: now },
  });
  return { status: "moved" };
}

/**
 * Whether the offer may be live with these days, or too many would be at once. What runs already goes on.
 * @param id null for a new one
 */
export async function mayBeLive(
  tx: Tx,
  { id: shopId, timezone }: OfferShop,
  id: string | null,
  form: OfferForm,
  now: Date,
): Promise<boolean> {
  if (await hasPlace(tx, shopId, id, columnsOf(form, timezone), now)) return true;
  const offer = id && (await offerById(tx, shopId, id));
  if (!offer) return false;
  const standing = standingOf(offer, now);
  if (standing === "used-up" && form.capTotal !== null && offer.taken >= form.capTotal) return true;
  if (standing !== "live" && standing !== "planned") return false;
  return !(await hasPlace(tx, shopId, id, offer, now));
}

type OfferRow = LiveRow & { startsAt: Date | null; endsAt: Date | null };

/** As it stands; who else would change it waits until this transaction ends. */
async function lockOffer(tx: Tx, shopId: ShopId, id: string): Promise<OfferRow | undefined> {
  const [row] = await tx.$queryRaw<OfferRow[]>`
    SELECT status::text, "startsAt", "endsAt", "liveTimes", "createdAt", "updatedAt" FROM "Offer"
    WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  return row;
}

function isReplanned(before: Planned, after: Planned): boolean {
  const text = ({ startsAt, endsAt }: Planned) => JSON.stringify([startsAt, endsAt]);
  return text(before) !== text(after);
}
type Planned = Pick<OfferRow, "startsAt" | "endsAt">;

function stored(stretches: Stretch[]) {
  return stretches.map(({ from, to }) => ({ from: from.toISOString(), to: to && to.toISOString() }));
}

/** A draft with the same terms; null where the offer is not ours. */
export async function duplicateOffer(tx: Tx, shop: OfferShop, id: string, now: Date): Promise<string | null> {
  const offer = await offerById(tx, shop.id, id);
  if (!offer) return null;
  const name = `${offer.name} (copy)`.slice(0, 80);
  return createOffer(tx, shop, { ...formOf(offer, shop.timezone), name }, "draft", now);
}

/**
 * The first offer of a new shop: what goes with the order, at this discount. Asked again, it changes that one. Where too
 * many are live already, it waits as it is.
 */
export async function publishStarterOffer(
  tx: Tx,
  shop: OfferShop,
  discountPercent: number,
  now: Date,
): Promise<void> {
  const starter = await starterOffer(tx, shop.id);
  if (!starter) {
    const form = { ...EMPTY_OFFER, name: "Goes well with your order", discountPercent };
    const isFree = await mayBeLive(tx, shop, null, form, now);
    await createOffer(tx, shop, form, isFree ? "live" : "draft", now);
    return;
  }
  await tx.offer.update({
    where: { shopId_id: { shopId: shop.id, id: starter.id } },
    data: { discountPercent, updatedAt: now },
  });
  await moveOffer(tx, shop.id, starter.id, "publish", now);
}

/** What `publishStarterOffer` would change, if there is one. */
export function starterOffer(
  tx: Tx,
  shopId: ShopId,
): Promise<{ id: string; discountPercent: number } | null> {
  return tx.offer.findFirst({
    where: { shopId, selection: "complementary", status: { not: "archived" } },
    orderBy: { createdAt: "asc" },
    select: { id: true, discountPercent: true },
  });
}

/** What the editor edits. */
export function formOf(offer: Offer, timezone: string): OfferForm {
  const fields = Object.keys(EMPTY_OFFER) as (keyof OfferForm)[];
  const { startsAt, endsAt } = offer;
  return {
    ...(Object.fromEntries(fields.map((field) => [field, offer[field as keyof Offer]])) as OfferForm),
    startsOn: startsAt && localDay(startsAt, timezone),
    // The end is stored as the first moment after the last day.
    endsOn: endsAt && localDay(new Date(endsAt.getTime() - 1), timezone),
  };
}

function columnsOf({ startsOn, endsOn, ...form }: OfferForm, timezone: string) {
  return {
    ...form,
    productGid: form.selection === "pinned" ? form.productGid : null,
    startsAt: startsOn ? startOfDay(startsOn, timezone) : null,
    endsAt: endsOn ? startOfDay(dayBeside(endsOn, 1), timezone) : null,
  };
}
