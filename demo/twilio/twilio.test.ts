import http from "node:http";
import type { AddressInfo } from "node:net";
import twilio from "twilio";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { RunningDemo } from "../main.ts";
import { aDemo } from "../testing.ts";
import { ACCOUNT, INVALID_NUMBER, UNREACHABLE_NUMBER } from "./twilio.ts";

let demo: RunningDemo;
let app: http.Server;
let appUrl: string;
/** What the app heard, and whether Twilio's own library finds it genuine. */
const heard: { path: string; form: Record<string, string>; genuine: boolean }[] = [];

beforeAll(async () => {
  demo = await aDemo({ generatedOrders: 5 });
  app = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const signature = String(request.headers["x-twilio-signature"]);
      const url = appUrl + request.url!;
      const genuine = twilio.validateRequest(ACCOUNT.token, signature, url, form);
      heard.push({ path: request.url!, form, genuine });
      response.end();
    });
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await demo.stop();
  app.close();
});

/** Twilio's own library, pointed at the stand-in. */
function client(token = ACCOUNT.token) {
  const requests = new twilio.RequestClient();
  const request = requests.request.bind(requests);
  requests.request = (options) =>
    request({ ...options, uri: options.uri.replace("https://api.twilio.com", `${demo.origin}/twilio`) });
  return twilio(ACCOUNT.sid, token, { httpClient: requests });
}

const send = (to: string, more = {}) =>
  client().messages.create({ to, from: "+15005550006", body: "Your parcel is here", ...more });

test("what Twilio's library sends is taken, and signed calls tell what became of it", async () => {
  const sent = await send("+15035550100", { statusCallback: `${appUrl}/status/1` });
  expect(sent).toMatchObject({ status: "queued", to: "+15035550100", body: "Your parcel is here" });
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard).toMatchObject([
    { path: "/status/1", genuine: true, form: { MessageSid: sent.sid, MessageStatus: "sent" } },
    { path: "/status/1", genuine: true, form: { MessageSid: sent.sid, MessageStatus: "delivered" } },
  ]);
  const lost = await send(`whatsapp:${UNREACHABLE_NUMBER}`, { statusCallback: `${appUrl}/status/2` });
  await vi.waitFor(() => expect(heard).toHaveLength(4));
  const { form } = heard.at(-1)!;
  expect(form).toMatchObject({ MessageSid: lost.sid, MessageStatus: "undelivered", ErrorCode: "30005" });
});

test("wrong accounts and wrong numbers are refused as Twilio refuses them", async () => {
  await expect(client("wrong").messages.create({ to: "+15035550100", body: "x" })).rejects.toMatchObject({
    status: 401,
    code: 20003,
  });
  await expect(send(INVALID_NUMBER)).rejects.toMatchObject({ status: 400, code: 21211 });
});

test("people answer, and STOP is kept", async () => {
  const post = (path: string, body: object) =>
    fetch(demo.origin + path, { method: "POST", body: JSON.stringify(body) });
  expect((await post("/_/texts/answer", { from: "+15035550100", body: "STOP" })).status).toBe(422);
  await post("/_/texts/address", { address: `${appUrl}/in` });
  expect(await (await post("/_/texts/answer", { from: "+15035550100", body: "stop" })).json()).toEqual({
    status: 200,
  });
  expect(heard.at(-1)).toMatchObject({
    path: "/in",
    genuine: true,
    form: { From: "+15035550100", Body: "stop" },
  });
  await expect(send("+15035550100")).rejects.toMatchObject({ code: 21610 });
  const page = await (await fetch(`${demo.origin}/mailbox/texts`)).text();
  expect(page).toContain("not Shopify");
  expect(page).toContain("SMS from +15035550100");
});
