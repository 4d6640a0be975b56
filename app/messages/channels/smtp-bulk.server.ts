import { log } from "#app/log.server";
import type { HandOver, Mail } from "./channel";
import { mimeMessage } from "./mime";
import { providerHeaders } from "./provider-headers";
import { NotBegun, openSession, type SmtpServer, type SmtpSession } from "./smtp-session";

/** Many mails to one mail server, over sessions that stay open as long as there is something to send. */

const MAILS_PER_SESSION = 500;
/** A server that gave us no session is not asked again for so long. */
const REST_MS = 60_000;

type Session = SmtpSession & { mails: number };

const idle = new Map<string, Session[]>();
const resting = new Map<string, number>();

/**
 * Hands mails over in the fast way where server and mail allow it. There are as many sessions as callers at once.
 * @param url as for `smtpChannel`
 * @param otherwise for servers that offer less and mails that say more; only for mails that certainly were not taken
 */
export function bulkSmtp(url: string, otherwise: HandOver<Mail>): HandOver<Mail> {
  return async (mail) => {
    const session = isOrdinary(mail) ? await sessionWith(url) : null;
    if (!session) return otherwise(mail);
    const envelope = { from: mail.returnPath ?? mail.from.address, to: mail.to };
    try {
      session.mails++;
      const answer = await session.deliver(
        envelope,
        mimeMessage(mail, providerHeaders(url, mail), new Date()),
      );
      return { providerId: answer.slice(0, 200) };
    } catch (error) {
      if (!(error instanceof NotBegun)) throw error;
      return otherwise(mail);
    } finally {
      giveBack(url, session);
    }
  };
}

/** Addresses of other alphabets need what only nodemailer knows. */
function isOrdinary({ from, to, replyTo, returnPath }: Mail): boolean {
  const addresses = [from.address, to, replyTo, returnPath];
  return addresses.every((address) => !address || /^[\x21-\x3B\x3D\x3F-\x7E]+@[a-z0-9.-]+$/i.test(address));
}

async function sessionWith(url: string): Promise<Session | null> {
  for (let session = idle.get(url)?.pop(); session; session = idle.get(url)?.pop())
    if (session.isOpen()) return session;
  const server = serverOf(url);
  if (!server || (resting.get(url) ?? 0) > Date.now()) return null;
  try {
    return { ...(await openSession(server)), mails: 0 };
  } catch (error) {
    log.info({ host: server.host, error: (error as Error).message }, "mails go by the ordinary way");
    resting.set(url, Date.now() + REST_MS);
    return null;
  }
}

function giveBack(url: string, session: Session): void {
  if (!session.isOpen()) return;
  if (session.mails >= MAILS_PER_SESSION) return session.close();
  const others = idle.get(url);
  if (others) others.push(session);
  else idle.set(url, [session]);
}

/** Null for an address with settings that only nodemailer understands. */
function serverOf(url: string): SmtpServer | null {
  const { protocol, hostname, port, username, password, search } = new URL(url);
  if (search || (protocol !== "smtp:" && protocol !== "smtps:") || !hostname) return null;
  const secure = protocol === "smtps:";
  const login = username
    ? { user: decodeURIComponent(username), password: decodeURIComponent(password) }
    : null;
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    login,
  };
}

export function closeSessions(): void {
  for (const sessions of idle.values()) for (const session of sessions) session.close();
  idle.clear();
  resting.clear();
}
