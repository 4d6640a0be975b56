// The demo's mailbox: a real SMTP server that takes every mail for everybody and keeps it.
// Each mail is a file, so that a restart keeps them.
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import PostalMime, { type Address } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Clock } from "../clock.ts";
import type { MailMessage } from "../store/types.ts";

export type Mailbox = {
  port: number;
  /** Newest first. */
  mails(): MailMessage[];
  mail(id: string): MailMessage | undefined;
  clear(): void;
  subscribe(listener: (mail: MailMessage) => void): () => void;
  stop(): Promise<void>;
};

export type MailboxOptions = {
  port: number;
  clock: Clock;
  /** Undefined keeps the mails in memory. */
  folder?: string;
};

/** Starts listening on 127.0.0.1. A recipient that starts with "bounce@" is refused with 550, as an unknown mailbox. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const { folder, clock } = options;
  const mails = folder ? loadMails(folder) : [];
  const listeners = new Set<(mail: MailMessage) => void>();

  async function receive(raw: Buffer, envelope: { from: string; to: string[] }): Promise<void> {
    const parsed = await PostalMime.parse(raw);
    const mail: MailMessage = {
      id: randomUUID(),
      receivedAt: clock.iso(),
      from: addressText(parsed.from) || envelope.from,
      to: envelope.to,
      subject: parsed.subject ?? "",
      html: parsed.html ?? null,
      text: parsed.text ?? null,
      headers: headersOf(raw),
      raw: raw.toString("utf8"),
    };
    mails.push(mail);
    if (folder) saveMail(folder, mail, mails.length);
    for (const listener of listeners) listener(mail);
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (_auth, _session, done) => done(null, { user: "demo" }),
    onRcptTo(address, _session, done) {
      const unknown = /^bounce[@+]/.test(address.address);
      if (!unknown) return done();
      done(Object.assign(new Error("5.1.1 No such mailbox"), { responseCode: 550 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : "";
        receive(Buffer.concat(chunks), { from, to: rcptTo.map(({ address }) => address) }).then(
          () => done(),
          (error: Error) => done(error),
        );
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => resolve());
  });

  return {
    port: options.port,
    mails: () => mails.toReversed(),
    mail: (id) => mails.find((mail) => mail.id === id),
    clear() {
      mails.length = 0;
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function addressText(address: Address | undefined): string {
  if (!address?.address) return "";
  return address.name ? `${address.name} <${address.address}>` : address.address;
}

/** The headers as they stand in the mail, unfolded, in their order and spelling. */
function headersOf(raw: Buffer): MailMessage["headers"] {
  const [head = ""] = raw.toString("utf8").split(/\r?\n\r?\n/, 1);
  const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(":");
    return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : [];
  });
}

function saveMail(folder: string, mail: MailMessage, serial: number): void {
  mkdirSync(folder, { recursive: true });
  const name = `${String(serial).padStart(6, "0")}-${mail.id}.json`;
  writeFileSync(path.join(folder, name), JSON.stringify(mail));
}

function loadMails(folder: string): MailMessage[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")) as MailMessage);
}
