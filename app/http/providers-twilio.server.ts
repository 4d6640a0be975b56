import { inShop } from "#app/db/in-shop.server";
import type { ShopId } from "#app/db/tx";
import { env } from "#app/env.server";
import { plainPhone } from "#app/contact-policy/contact";
import { aboutNumber, isTwiliosForm } from "#app/messages/channels/twilio.server";
import { openAccount } from "#app/messages/messages.server";
import { isStart, isStop, recordReport, recordStop, type Report } from "#app/messages/reports.server";
import { readMailToken } from "#app/messages/tokens";
import { readShopToken } from "./shop-tokens";

/**
 * Twilio's calls: what became of a message, and what people answer. Signed with the token of the shop's own account,
 * over the address as Twilio knows it.
 */

/** POST /providers/twilio/<token of the message>. @returns the HTTP status */
export async function answerTwilioStatus(token: string, signature: string, body: Buffer): Promise<number> {
  const { ENCRYPTION_KEY: secret } = env();
  const about = readMailToken(secret, "message-status", token);
  if (!about) return 401;
  const { shopId, messageId } = about;
  const form = new URLSearchParams(body.toString("utf8"));
  if (!(await isFromTwilio(shopId, signature, `/providers/twilio/${token}`, form))) return 401;
  const [sid, status] = [form.get("MessageSid"), form.get("MessageStatus")];
  if (!sid || !status) return 400;
  const kind = kindOf(status, Number(form.get("ErrorCode") ?? 0));
  if (!kind) return 200;
  const reason = [status, form.get("ErrorMessage"), form.get("ErrorCode")].filter(Boolean).join(" ");
  const sourceKey = `twilio:${sid}:${kind}`;
  const report: Report = { messageId, kind, reason, sourceKey, happenedAt: new Date() };
  await inShop(shopId, (tx) => recordReport(tx, shopId, report, { secret }));
  return 200;
}

function kindOf(status: string, errorCode: number): Report["kind"] | null {
  if (status === "delivered" || status === "read") return "delivered";
  if (status !== "undelivered" && status !== "failed") return null;
  const about = aboutNumber(errorCode);
  if (about === "stopped") return "stopped";
  return status === "undelivered" && about === "recipient" ? "bounce" : "failed";
}

/** POST /providers/twilio/in/<token of the shop>: the address for incoming messages. @returns the HTTP status */
export async function answerTwilioAnswer(token: string, signature: string, body: Buffer): Promise<number> {
  const { ENCRYPTION_KEY: secret } = env();
  const shopId = readShopToken(secret, "twilio-answers", token);
  if (shopId === null) return 401;
  const form = new URLSearchParams(body.toString("utf8"));
  if (!(await isFromTwilio(shopId, signature, `/providers/twilio/in/${token}`, form))) return 401;
  const from = form.get("From") ?? "";
  const phone = plainPhone(from.replace(/^whatsapp:/, ""));
  const sid = form.get("MessageSid");
  if (!phone || !sid) return 400;
  const word = form.get("Body") ?? "";
  if (!isStop(word) && !isStart(word)) return 200;
  const channel = from.startsWith("whatsapp:") ? "whatsapp" : "sms";
  const stop = { channel, phone, word, sourceKey: `twilio:${sid}`, now: new Date() } as const;
  await inShop(shopId, (tx) => recordStop(tx, shopId, stop, { secret }));
  return 200;
}

/** SMS and WhatsApp may be two accounts; either one's token will do. */
async function isFromTwilio(
  shopId: ShopId,
  signature: string,
  path: string,
  form: URLSearchParams,
): Promise<boolean> {
  const { ENCRYPTION_KEY, SHOPIFY_APP_URL } = env();
  const url = SHOPIFY_APP_URL.replace(/\/$/, "") + path;
  for (const channel of ["sms", "whatsapp"] as const) {
    const account = await inShop(shopId, (tx) => openAccount(tx, shopId, channel, ENCRYPTION_KEY));
    if (account && isTwiliosForm(account.secret, signature, url, form)) return true;
  }
  return false;
}
