import { createTransport, type Transporter } from "nodemailer";
import type SMTPPool from "nodemailer/lib/smtp-pool";
import { ChannelError, type HandOver, type Mail } from "./channel";
import { providerHeaders } from "./provider-headers";
import { refusedRecipient } from "./refused-recipient";
import { closeSessions } from "./smtp-bulk.server";

/** Hands mails to a mail server over a few lasting connections. Many at once go by `bulkSmtp`, with this behind it. */

const SECOND = 1_000;
const pools = new Map<string, Transporter<SMTPPool.SentMessageInfo>>();

/** @param url smtp://user:password@host:port or smtps://… */
export function smtpChannel(url: string): HandOver<Mail> {
  return async (mail) => {
    try {
      const sent = await poolFor(url).sendMail({
        messageId: `<${mail.messageId}>`,
        from: mail.from,
        to: { name: "", address: mail.to },
        ...(mail.returnPath ? { envelope: { from: mail.returnPath, to: mail.to } } : {}),
        ...(mail.replyTo ? { replyTo: { name: "", address: mail.replyTo } } : {}),
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        headers: { ...mail.headers, ...providerHeaders(url, mail) },
        // A template can name an address, never a file or a page to fetch.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { providerId: sent.response.slice(0, 200) };
    } catch (error) {
      throw channelError(error);
    }
  };
}

function poolFor(url: string): Transporter<SMTPPool.SentMessageInfo> {
  let pool = pools.get(url);
  if (!pool) {
    pool = createTransport({
      url,
      pool: true,
      maxConnections: 10,
      maxMessages: 500,
      // A connection lost in mid-mail leaves the mail ambiguous: sending it again is not for the mailer to decide.
      maxRequeues: 0,
      connectionTimeout: 15 * SECOND,
      greetingTimeout: 15 * SECOND,
      socketTimeout: 60 * SECOND,
    } as SMTPPool.Options);
    pools.set(url, pool);
  }
  return pool;
}

/** For a process that stops and for tests that change servers. */
export function closeSmtp(): void {
  for (const pool of pools.values()) pool.close();
  pools.clear();
  closeSessions();
}

type SmtpFailure = {
  code?: string;
  command?: string;
  responseCode?: number;
  /** The server's own words. */
  response?: string;
  syscall?: string;
  message?: string;
};

/** An answer of the server is certain. Without one, only failures before the connection stood are. */
function channelError(error: unknown): ChannelError {
  const { code, command, responseCode, response, syscall, message = String(error) } = error as SmtpFailure;
  if (responseCode !== undefined && responseCode >= 400) {
    if (responseCode < 500 || code === "EAUTH") return new ChannelError("temporary", message);
    const kind = command === "RCPT TO" ? refusedRecipient(response ?? message) : "permanent";
    return new ChannelError(kind, message);
  }
  const neverConnected =
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    code === "EDNS" ||
    code === "ETLS" ||
    code === "EAUTH" ||
    /ECONNREFUSED|Greeting never received|Connection timeout/i.test(message);
  if (neverConnected) return new ChannelError("temporary", message);
  if (code === "EENVELOPE" || code === "EMESSAGE") return new ChannelError("permanent", message);
  return new ChannelError("ambiguous", message);
}
