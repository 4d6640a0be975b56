import { isSignature, sign } from "#app/db/seal";

/**
 * Tokens in the links of mails: ids and a signature, no address and no destination. Each purpose has its own key, so a
 * click token cannot unsubscribe anybody.
 */
export type TokenPurpose =
  "mail-click" | "mail-open" | "mail-unsubscribe" | "mail-preferences" | "mail-confirm" | "message-status";

/** Position 0 where a token is about the message as a whole. */
export type MailToken = { shopId: number; messageId: string; position: number };

export function mailToken(
  secret: string,
  purpose: TokenPurpose,
  { shopId, messageId, position }: MailToken,
): string {
  const body = `${shopId}.${messageId.replaceAll("-", "")}.${position}`;
  return `${body}.${sign(secret, purpose, body)}`;
}

/** @returns the ids, or null for a token that we did not make for this purpose */
export function readMailToken(secret: string, purpose: TokenPurpose, token: string): MailToken | null {
  const match = /^((\d{1,9})\.([0-9a-f]{32})\.(\d{1,4}))\.([\w-]{22})$/.exec(token);
  if (!match) return null;
  const [, body, shopId, id, position, signature] = match as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (!isSignature(secret, purpose, body, signature)) return null;
  const messageId = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join(
    "-",
  );
  return { shopId: Number(shopId), messageId, position: Number(position) };
}
