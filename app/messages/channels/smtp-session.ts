import { hostname } from "node:os";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ChannelError } from "./channel";
import { refusedRecipient } from "./refused-recipient";

/**
 * One connection to a mail server that takes commands in groups (RFC 2920): a mail costs two writes instead of a dozen.
 * Nothing else is clever here: what the server does not offer (pipelining, a log-in we know, encryption before a
 * password) makes opening fail, and the mail goes by nodemailer.
 */
export type SmtpSession = {
  /**
   * @param message with CRLF line ends, seven bits
   * @returns the server's words on taking it
   * @throws ChannelError, or NotBegun where the connection was lost before the mail itself was sent
   */
  deliver: (envelope: { from: string; to: string }, message: string) => Promise<string>;
  isOpen: () => boolean;
  close: () => void;
};

/** The mail has certainly not been taken: none of it was sent. */
export class NotBegun extends Error {
  override name = "NotBegun";
}

export type SmtpServer = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise as soon as the server offers it. */
  secure: boolean;
  login: { user: string; password: string } | null;
  /** Whom to trust (PEM); left out: the authorities that Node knows. */
  ca?: string;
};

const OPENING_MS = 15_000;
const ANSWER_MS = 60_000;

/** @throws where the server cannot be reached or does not offer what it takes */
export async function openSession(server: SmtpServer): Promise<SmtpSession> {
  const socket = server.secure
    ? connectTls({ port: server.port, ...identity(server) })
    : connectTcp({ host: server.host, port: server.port });
  let talk = conversation(socket);
  try {
    talk.limit(OPENING_MS);
    expectCode(await talk.reply(), 220);
    let offers = await greet(talk);
    if (!server.secure && offers.has("STARTTLS")) {
      expectCode(await talk.say("STARTTLS\r\n"), 220);
      talk = conversation(connectTls({ socket: talk.release(), ...identity(server) }));
      talk.limit(OPENING_MS);
      offers = await greet(talk);
    }
    if (!offers.has("PIPELINING")) throw new Error("the server takes one command at a time");
    if (server.login) await logIn(talk, offers, server.login);
    talk.limit(ANSWER_MS);
  } catch (error) {
    talk.end();
    throw error;
  }
  return {
    deliver: (envelope, message) => deliver(talk, envelope, message),
    isOpen: () => talk.isOpen(),
    close: () => {
      if (talk.isOpen()) talk.write("QUIT\r\n");
      talk.end();
    },
  };
}

/** Whom the server must prove to be. */
function identity({ host, ca }: SmtpServer): { host: string; servername?: string; ca?: string } {
  return { host, ...(isIP(host) === 0 && { servername: host }), ...(ca && { ca }) };
}

async function greet(talk: Conversation): Promise<ReadonlyMap<string, string>> {
  const name = hostname();
  const reply = await talk.say(`EHLO ${name.includes(".") ? name : "[127.0.0.1]"}\r\n`);
  expectCode(reply, 250);
  const lines = reply.text.split("\n").slice(1);
  return new Map(
    lines.map((line) => {
      const [keyword = "", ...parameters] = line.slice(4).toUpperCase().split(/[ =]/);
      return [keyword, parameters.join(" ")];
    }),
  );
}

async function logIn(
  talk: Conversation,
  offers: ReadonlyMap<string, string>,
  { user, password }: NonNullable<SmtpServer["login"]>,
): Promise<void> {
  if (!talk.isEncrypted()) throw new Error("no password goes over an open line");
  if (!offers.get("AUTH")?.split(" ").includes("PLAIN")) throw new Error("no way to log in that we know");
  const secret = Buffer.from(`\0${user}\0${password}`).toString("base64");
  expectCode(await talk.say(`AUTH PLAIN ${secret}\r\n`), 235);
}

async function deliver(
  talk: Conversation,
  { from, to }: { from: string; to: string },
  message: string,
): Promise<string> {
  const [sender, recipient, data] = await envelopeReplies(talk, from, to);
  const wrong = sender.code !== 250 ? sender : Math.floor(recipient.code / 100) !== 2 ? recipient : null;
  if (wrong || data.code !== 354) {
    // A server that would still take the mail gets an empty one for nobody (RFC 2920, section 3.1).
    await talk.say(data.code === 354 ? ".\r\n" : "RSET\r\n").catch(() => undefined);
    throw refusal(wrong ?? data, wrong === recipient);
  }
  const safe = message.includes("\r\n.") ? message.replaceAll("\r\n.", "\r\n..") : message;
  const answer = await talk.say(`${safe}.\r\n`).catch((error: Error) => {
    throw new ChannelError("ambiguous", error.message);
  });
  if (answer.code === 250) return answer.text;
  if (answer.code < 400 || answer.code > 599) {
    talk.end();
    throw new ChannelError("ambiguous", answer.text);
  }
  throw refusal(answer, false);
}

async function envelopeReplies(talk: Conversation, from: string, to: string): Promise<[Reply, Reply, Reply]> {
  try {
    talk.write(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`);
    const replies = await Promise.all([talk.reply(), talk.reply(), talk.reply()]);
    if (replies.every(({ code }) => code >= 200 && code <= 599)) return replies;
  } catch (error) {
    throw new NotBegun((error as Error).message);
  }
  talk.end();
  throw new NotBegun("The server answers in a way that no server should.");
}

function refusal({ code, text }: Reply, isRecipient: boolean): ChannelError {
  if (code < 500) return new ChannelError("temporary", text);
  return new ChannelError(isRecipient ? refusedRecipient(text) : "permanent", text);
}

type Reply = { code: number; text: string };

function expectCode({ code, text }: Reply, wanted: number): void {
  if (code !== wanted) throw new Error(text);
}

type Conversation = {
  write: (text: string) => void;
  /** The next reply that nobody waits for yet. */
  reply: () => Promise<Reply>;
  say: (text: string) => Promise<Reply>;
  isOpen: () => boolean;
  isEncrypted: () => boolean;
  /** How long the server may be silent, in milliseconds. */
  limit: (ms: number) => void;
  /** Gives the socket to somebody else. @throws where the server has said more than it was asked */
  release: () => Socket;
  end: () => void;
};

const LONGEST_REPLY = 64 * 1024;

/** Replies in the order of what was said. An unasked one (the server takes its leave) ends it. */
function conversation(socket: Socket): Conversation {
  const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | null = null;
  let lines: string[] = [];
  let rest = "";

  function fail(error: Error): void {
    ended ??= error;
    socket.destroy();
    for (const { reject } of waiting.splice(0)) reject(ended);
  }
  function hear(chunk: Buffer): void {
    rest += chunk.toString("latin1");
    if (rest.length > LONGEST_REPLY) return fail(new Error("endless reply"));
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end).trimEnd();
      rest = rest.slice(end + 1);
      lines.push(line);
      if (line[3] === "-") continue;
      const reply = { code: Number(line.slice(0, 3)) || 0, text: lines.join("\n") };
      lines = [];
      const next = waiting.shift();
      if (!next) return fail(new Error(reply.text));
      next.resolve(reply);
    }
    if (waiting.length === 0) socket.unref();
  }
  const gone = () => fail(new Error("The connection was closed."));
  socket.setNoDelay(true);
  socket.on("data", hear).on("error", fail).on("close", gone).on("end", gone);
  socket.on("timeout", () => fail(new Error("The server was silent for too long.")));

  const write = (text: string): void => void (ended ?? socket.write(text, "latin1"));
  const reply = (): Promise<Reply> => {
    if (ended) return Promise.reject(ended);
    socket.ref();
    return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
  };
  return {
    write,
    reply,
    say: (text) => {
      write(text);
      return reply();
    },
    isOpen: () => ended === null,
    isEncrypted: () => "encrypted" in socket,
    limit: (ms) => void socket.setTimeout(ms),
    release: () => {
      if (rest || lines.length > 0) throw new Error("the server said more than it was asked");
      socket.removeAllListeners();
      socket.setTimeout(0);
      return socket;
    },
    end: () => {
      ended ??= new Error("The connection was closed.");
      socket.end();
    },
  };
}
