/** A mail comes back, the merchant sees whom Postlude no longer writes to, lifts it, and takes that back. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openApp } from "../journey/merchant";
import { receive } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
const PAGE = "/app/messages/suppressed";

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/stopped-addresses");
});
afterAll(() => stage.close());

const faults = () => {
  const { merchant } = stage;
  return accessibilityFaults(merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!);
};

/** A report as Postfix writes it (RFC 3464), posted where the Channels page says. */
async function comesBack(email: string): Promise<void> {
  const { app } = stage;
  const mail = await receive(stage, email, /thank you|thanks/i);
  const messageId = mail.headers.find(({ name }) => name.toLowerCase() === "message-id")!.value;
  await openApp(stage, "/app/messages/channels");
  const url = await app.getByLabel("Address for returned emails").inputValue();
  const report = [
    "From: MAILER-DAEMON@mx.example",
    "To: post@shop.example",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
    "",
    "--B",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    `Final-Recipient: rfc822; ${email}`,
    "Action: failed",
    "Status: 5.1.1",
    "",
    "--B",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${messageId}`,
    "",
    "--B--",
  ];
  expect((await fetch(url, { method: "POST", body: report.join("\r\n") })).status).toBe(200);
}

test("a bounce is found by its address, lifted after a second question, and stopped again", async () => {
  const { app, merchant, post } = stage;
  await openApp(stage, PAGE);
  expect(await faults()).toEqual([]);
  const email = `gone.${Date.now().toString(36)}@example.com`;
  await post("/_/orders", { email, firstName: "Gone", lastName: "Away" });
  await comesBack(email);

  await openApp(stage, "/app/messages");
  await openApp(stage, PAGE);
  await app.getByLabel("Address", { exact: true }).fill("gone@");
  await app.getByRole("button", { name: "Find addresses" }).click();
  await app.getByText(/^Write a whole address/).waitFor();
  await app.getByLabel("Address", { exact: true }).fill(email);
  await app.getByRole("button", { name: "Find addresses" }).click();
  const lift = app.getByRole("button", { name: `Write to this address again: ${email}` });
  await lift.waitFor();
  expect(await faults()).toEqual([]);
  await stage.screenshot(merchant, "stopped");
  await lift.click();
  expect(await faults()).toEqual([]);
  await stage.screenshot(merchant, "question");
  await app.getByRole("button", { name: "Cancel" }).click();
  await lift.click();
  await app.getByRole("button", { name: "Write again", exact: true }).click();
  await app.getByText("No stopped address is like this.").waitFor();
  await merchant.getByRole("button", { name: "Undo" }).click();
  await lift.waitFor();
});
