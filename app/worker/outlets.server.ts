import { pushChannel } from "#app/messages/channels/push.server";
import { bulkSmtp } from "#app/messages/channels/smtp-bulk.server";
import { smtpChannel } from "#app/messages/channels/smtp.server";
import { twilioChannel } from "#app/messages/channels/twilio.server";
import { webhookChannel } from "#app/messages/channels/webhook.server";
import type { HandOver, Mail, Receipt } from "#app/messages/channels/channel";
import type { PreparedShort } from "#app/messages/prepare-short.server";
import type { Ports } from "./ports.server";

/** A message that is ready to leave, and where it leaves. */
export type Outgoing = { kind: "mail"; mail: Mail } | PreparedShort;

/** @throws ChannelError that says what is certain about the message */
export function handOver(ports: Ports, outgoing: Exclude<Outgoing, { kind: "written" }>): Promise<Receipt> {
  const { now, allowPrivate = false } = ports;
  switch (outgoing.kind) {
    case "mail":
      return smtpChannel(ports.smtpUrl)(outgoing.mail);
    case "text":
      return twilioChannel(ports.twilioUrl)(outgoing.text);
    case "webhook":
      return webhookChannel({ allowPrivate, now })(outgoing.call);
    case "push": {
      const subject = `mailto:${ports.mailFrom}`;
      return pushChannel({ keys: ports.vapidKeys, subject, allowPrivate, now })(outgoing.push);
    }
  }
}

/** For mails of a campaign. */
export function handOverInBulk({ smtpUrl }: Ports): HandOver<Mail> {
  return bulkSmtp(smtpUrl, smtpChannel(smtpUrl));
}
