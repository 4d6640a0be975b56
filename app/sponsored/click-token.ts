import { isSignature, sign } from "#app/db/seal";
import type { PlacementKey } from "#app/decisions/outcomes.server";

/**
 * The token in a sponsored offer's link: which placement, until when, and a signature. It names no destination, so no
 * link of ours can be made to lead elsewhere.
 */
export type ClickToken = PlacementKey & { shopId: number };

const PURPOSE = "sponsored-click";
/** A page that stays open longer leads nowhere any more. */
const VALID_MS = 7 * 24 * 60 * 60 * 1000;

export function clickToken(secret: string, { shopId, decisionId, position }: ClickToken, now: Date): string {
  const until = Math.floor((now.getTime() + VALID_MS) / 1000);
  const body = `${shopId}.${decisionId.replaceAll("-", "")}.${position}.${until.toString(36)}`;
  return `${body}.${sign(secret, PURPOSE, body)}`;
}

/** Path below the app's address. */
export function clickPath(secret: string, token: ClickToken, now: Date): string {
  return `/o/${clickToken(secret, token, now)}`;
}

export type ReadToken = { status: "valid" | "expired"; token: ClickToken } | { status: "not-ours" };

export function readClickToken(secret: string, text: string, now: Date): ReadToken {
  const match = /^((\d{1,9})\.([0-9a-f]{32})\.(\d)\.([0-9a-z]{1,8}))\.([\w-]{22})$/.exec(text);
  if (!match) return { status: "not-ours" };
  const [, body, shopId, id, position, until, signature] = match as unknown as string[];
  if (!isSignature(secret, PURPOSE, body!, signature!)) return { status: "not-ours" };
  const token = { shopId: Number(shopId), decisionId: withHyphens(id!), position: Number(position) };
  return { status: parseInt(until!, 36) * 1000 > now.getTime() ? "valid" : "expired", token };
}

function withHyphens(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
