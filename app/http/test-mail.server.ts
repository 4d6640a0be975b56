import { randomUUID } from "node:crypto";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { plainAddress } from "#app/messages/escape";
import type { ContentProblem } from "#app/messages/blocks";
import { ChannelError, smtpChannel, testMail } from "#app/messages/messages.server";
import { previewSurveys } from "./mail-surveys.server";

type TestSent =
  | { status: "sent"; to: string }
  | { status: "invalid"; problems: ContentProblem[] }
  | { status: "refused"; problem: string };

/** Sends a mail as it would look to the shop's own address. Nothing is tracked or counted. */
export async function sendTestMail(shop: Shop, request: Parameters<typeof testMail>[3]): Promise<TestSent> {
  const to = plainAddress(shop.email);
  if (!to) return { status: "refused", problem: "Your shop has no valid email address." };
  const { MAIL_FROM: mailFrom, SMTP_URL } = env();
  const options = { mailFrom, to, messageId: randomUUID() };
  const made = await inShop(shop.id, (tx) =>
    testMail(tx, shop.id, shop, request, previewSurveys(new Date()), options),
  );
  if (made.status === "invalid") return made;
  try {
    await smtpChannel(SMTP_URL)(made.mail);
    return { status: "sent", to };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { status: "refused", problem: `The mail server did not take the test: ${error.message}` };
  }
}
