import type { Parcel } from "#app/generated/prisma/client";
import { trackingKeyOf } from "./carrier-scan";

/**
 * A fulfillment may leave in several boxes, each with a tracking number: each is a parcel, a piece of the fulfillment.
 * Which piece has which number is the newest telling's word. Pure.
 */

/** What a carrier calls one box. */
export type Tracking = { carrier: string | null; number: string | null; url: string | null };

/** More would be a mistake of whoever told it. */
const MOST_PIECES = 20;
const UNTRACKED: Tracking = { carrier: null, number: null, url: null };

/** One entry per box; without any number the fulfillment is one box. */
export function boxesOf(trackings: Tracking[]): Tracking[] {
  const numbered = new Map<string, Tracking>();
  for (const tracking of trackings) {
    const key = trackingKeyOf(tracking.number);
    if (key && !numbered.has(key)) numbered.set(key, tracking);
  }
  if (numbered.size > 0) return [...numbered.values()].slice(0, MOST_PIECES);
  return [trackings[0] ?? UNTRACKED];
}

/** "#1001.1" of the first box, "#1001.1-2" of the second. */
export function nameOfPiece(fulfillmentName: string, piece: number): string {
  return piece === 0 ? fulfillmentName : `${fulfillmentName}-${piece + 1}`;
}

type Stored = Pick<Parcel, "piece" | "trackingKey" | "cancelledAt">;

export type Matched<Piece> = {
  /** Pieces and what they are called now. */
  kept: { piece: Piece; tracking: Tracking }[];
  added: Tracking[];
  /** Pieces whose numbers are no longer told. */
  gone: Piece[];
};

/** A number that is known keeps its piece; of those left over, the first piece gets the first number: it was corrected. */
export function matchPieces<Piece extends Stored>(stored: Piece[], trackings: Tracking[]): Matched<Piece> {
  const boxes = boxesOf(trackings);
  const kept: Matched<Piece>["kept"] = [];
  const added: Tracking[] = [];
  const unknown: Tracking[] = [];
  for (const tracking of boxes) {
    const key = trackingKeyOf(tracking.number);
    const piece = stored.find(({ trackingKey }) => trackingKey === key);
    if (piece) kept.push({ piece, tracking });
    else unknown.push(tracking);
  }
  const left = stored.filter((piece) => !kept.some((one) => one.piece === piece));
  for (const tracking of unknown) {
    // A piece that was taken out is not somebody else's now, unless there is no other.
    const at = left.findIndex(({ cancelledAt }) => !cancelledAt || stored.length === 1);
    if (at < 0) added.push(tracking);
    else kept.push({ piece: left.splice(at, 1)[0]!, tracking });
  }
  return { kept, added, gone: left };
}
