import { sign } from "#app/db/seal";

/**
 * Where an undeliverable mail comes back to: an address of its own per mail (VERP), so that a report is matched even
 * where it says nothing else about the mail. `bounces@shop.example` becomes `bounces+1.<id>.<signature>@shop.example`.
 */
const PURPOSE = "return-path";

export function returnPathOf(bouncesTo: string, secret: string, shopId: number, messageId: string): string {
  const [local, domain] = bouncesTo.split("@") as [string, string];
  const body = `${shopId}.${messageId.replaceAll("-", "")}`;
  // Mail servers may change the case of an address.
  return `${local}+${body}.${signature(secret, body)}@${domain}`;
}

/** @returns whose mail this address belongs to, or null for an address that we did not make */
export function readReturnPath(
  secret: string,
  address: string,
): { shopId: number; messageId: string } | null {
  const match = /\+(\d{1,9})\.([0-9a-f]{32})\.([0-9a-f]{20})@/i.exec(address);
  if (!match) return null;
  const [, shopId, id, given] = match as unknown as [string, string, string, string];
  const body = `${shopId}.${id.toLowerCase()}`;
  if (signature(secret, body) !== given.toLowerCase()) return null;
  return { shopId: Number(shopId), messageId: uuidOf(id.toLowerCase()) };
}

function signature(secret: string, body: string): string {
  return Buffer.from(sign(secret, PURPOSE, body), "base64url")
    .toString("hex")
    .slice(0, 20);
}

/** The Message-ID that we give to mails, in angle brackets or not. */
export function readMessageId(text: string): { shopId: number; messageId: string } | null {
  const match = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(\d{1,9})@/i.exec(text);
  return match ? { messageId: match[1]!.toLowerCase(), shopId: Number(match[2]) } : null;
}

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
