import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningDemo } from "../main.ts";
import { aDemo } from "../testing.ts";

let folder: string;
let demo: RunningDemo;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "postlude-mail-"));
  demo = await aDemo({ stateDir: folder, generatedOrders: 5 });
});

afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

const sendTo = (to: string, subject: string) =>
  nodemailer.createTransport({ host: "127.0.0.1", port: demo.ports.smtp, secure: false }).sendMail({
    from: "Harbour & Pine <shop@example.com>",
    to,
    subject,
    text: "Thank you for your order.",
    html: "<p>Thank you for your <b>order</b>.</p>",
    headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
  });

test("a mail arrives with headers, html and text, and survives a restart", async () => {
  await sendTo("ada@example.com", "Grüße, thank you");
  const list = (await (await fetch(`${demo.origin}/_/mails?to=ada@example.com`)).json()) as { id: string }[];
  expect(list).toMatchObject([{ subject: "Grüße, thank you", to: ["ada@example.com"] }]);
  const mail = await (await fetch(`${demo.origin}/_/mails/${list[0]!.id}`)).json();
  expect(mail).toMatchObject({
    text: expect.stringContaining("Thank you"),
    html: expect.stringContaining("<b>order</b>"),
  });
  expect(mail.headers).toContainEqual({ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" });

  await demo.stop();
  demo = await aDemo({ stateDir: folder, generatedOrders: 5 });
  expect(demo.mailbox.mails().map(({ subject }) => subject)).toEqual(["Grüße, thank you"]);
});

test("a mailbox that does not exist is refused with 550", async () => {
  await expect(sendTo("bounce@example.com", "Nobody")).rejects.toMatchObject({ responseCode: 550 });
});
