import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { SMTPServer } from "smtp-server";
import { LOCALHOST } from "../../../tests/factories/certificate";
import { aMailServer, smtpError } from "../../../tests/factories/messages";
import type { ChannelError, HandOver, Mail } from "./channel";
import { bulkSmtp, closeSessions } from "./smtp-bulk.server";
import { openSession } from "./smtp-session";

function aMail(overrides: Partial<Mail> = {}): Mail {
  return {
    messageId: "0199f7a2-0000-7000-8000-000000000001.7@shop.example",
    from: { name: "Tea House", address: "post@shop.example" },
    to: "ada@buyer.example",
    replyTo: null,
    subject: "News",
    html: "<p>Hello</p>",
    text: ".Hello\n.\n..",
    headers: {},
    ...overrides,
  };
}

/** What went the ordinary way instead. */
function otherwise(): HandOver<Mail> & { mails: Mail[] } {
  const mails: Mail[] = [];
  const handOver = (mail: Mail) => (mails.push(mail), Promise.resolve({ providerId: "ordinary" }));
  return Object.assign(handOver, { mails });
}

/** What the error says is certain. */
const kindOf = (sending: Promise<unknown>) =>
  sending.then(
    () => "sent",
    (error: ChannelError) => error.kind,
  );

const servers: Server[] = [];
afterEach(() => {
  closeSessions();
  for (const server of servers.splice(0)) server.close();
});

/** A server that says what the script says, whatever it hears: one line of it per line heard. */
async function aServer(script: (line: string, socket: Socket) => string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.write("220 here\r\n");
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n").slice(0, -1)) socket.write(script(line, socket));
    });
  });
  servers.push(server);
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("mails follow one another on a session, each whole and with its own answer", async () => {
  const server = await aMailServer();
  const ordinary = otherwise();
  const send = bulkSmtp(server.url, ordinary);
  const texts = ["one", ".\n.two\n.", "three 👋🏽"];
  for (const text of texts) {
    const mail = aMail({ text, returnPath: "bounces+1@shop.example" });
    expect((await send(mail)).providerId).toMatch(/^250 /);
  }
  expect(server.mails.map(({ text }) => text!.trimEnd())).toEqual(texts);
  expect(server.mails.map(({ recipients }) => recipients)).toEqual(texts.map(() => ["ada@buyer.example"]));
  expect(ordinary.mails).toEqual([]);
  closeSessions();
  await server.stop();
});

test("what the server refuses is told apart, and the session goes on", async () => {
  const server = await aMailServer({
    onRecipient: (address) => {
      if (address.startsWith("gone")) return smtpError(550, "no such user");
      if (address.startsWith("relay")) return smtpError(554, "5.7.1 Relay access denied");
      return address.startsWith("busy") ? smtpError(450, "later") : null;
    },
    onMail: ({ subject }) => (subject === "Spam" ? smtpError(554, "no spam") : null),
  });
  const ordinary = otherwise();
  const send = bulkSmtp(server.url, ordinary);
  const kinds = [];
  const addressed = ["gone", "relay", "busy"].map((name) => ({ to: `${name}@b.example` }));
  for (const mail of [...addressed, { subject: "Spam" }, {}]) kinds.push(await kindOf(send(aMail(mail))));
  expect(kinds).toEqual(["recipient", "temporary", "temporary", "permanent", "sent"]);
  expect([server.mails.length, ordinary.mails.length]).toEqual([1, 0]);
  closeSessions();
  await server.stop();
});

test("a connection lost before the mail is sent says nothing was taken; lost afterwards, nobody knows", async () => {
  const hello = (line: string) => (line.startsWith("EHLO") ? "250-here\r\n250 PIPELINING\r\n" : "250 ok\r\n");
  const early = await aServer((line, socket) => {
    if (line.startsWith("RCPT")) socket.destroy();
    return hello(line);
  });
  const ordinary = otherwise();
  expect(await bulkSmtp(early, ordinary)(aMail())).toEqual({ providerId: "ordinary" });
  const late = await aServer((line, socket) => {
    if (line === "DATA") return "354 go on\r\n";
    if (line.startsWith("Message-ID")) socket.destroy();
    return line.length > 4 && /^[A-Z]{4} /.test(line) ? hello(line) : "";
  });
  expect(await kindOf(bulkSmtp(late, ordinary)(aMail()))).toBe("ambiguous");
  expect(ordinary.mails).toHaveLength(1);
});

test("servers that offer less and mails that say more go the ordinary way", async () => {
  const plain = await aServer((line) => (line.startsWith("EHLO") ? "250 here\r\n" : "250 ok\r\n"));
  const server = await aMailServer();
  const ordinary = otherwise();
  await bulkSmtp(plain, ordinary)(aMail());
  // No password goes over an open line.
  await bulkSmtp(server.url.replace("//", "//ada:secret@"), ordinary)(aMail());
  await bulkSmtp(server.url, ordinary)(aMail({ to: "jürgen@buyer.example" }));
  await bulkSmtp(`${server.url}/?name=other`, ordinary)(aMail());
  await bulkSmtp("smtp://127.0.0.1:1", ordinary)(aMail());
  expect(ordinary.mails).toHaveLength(5);
  expect(server.mails).toEqual([]);
  await server.stop();
});

test.each([{ secure: true }, { secure: false }])(
  "logs in once the line is encrypted %o",
  async ({ secure }) => {
    const seen: { secure: boolean; user?: string; raw: string }[] = [];
    const server = new SMTPServer({
      ...LOCALHOST,
      secure,
      onAuth: ({ username, password }, _session, done) =>
        password === "pass word" ? done(null, { user: username }) : done(new Error("wrong")),
      onData: (stream, session, done) => {
        let raw = "";
        stream.on("data", (chunk: Buffer) => (raw += chunk.toString()));
        stream.on("end", () => {
          seen.push({ secure: session.secure, user: session.user, raw });
          done();
        });
      },
    });
    server.on("error", () => {}); // who does not trust it leaves
    await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
    const { port } = server.server.address() as AddressInfo;
    const login = { user: "ada", password: "pass word" };
    const wanted = { host: "localhost", port, secure, login, ca: LOCALHOST.cert };
    const session = await openSession(wanted);
    await session.deliver(
      { from: "post@shop.example", to: "ada@buyer.example" },
      "Subject: Hi\r\n\r\n.Hello\r\n",
    );
    session.close();
    expect(seen).toEqual([{ secure: true, user: "ada", raw: "Subject: Hi\r\n\r\n.Hello\r\n" }]);
    const wrong = { ...wanted, login: { user: "ada", password: "" } };
    await expect(openSession(wrong)).rejects.toThrow();
    await expect(openSession({ ...wanted, ca: undefined })).rejects.toThrow(/certificate/);
    await new Promise<void>((down) => server.close(() => down()));
  },
);
