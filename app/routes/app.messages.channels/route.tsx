import { randomBytes, randomUUID } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { shopToken } from "#app/http/shop-tokens";
import { problemOfUrl } from "#app/messages/channels/post-safely.server";
import { twilioChannel } from "#app/messages/channels/twilio.server";
import { webhookChannel } from "#app/messages/channels/webhook.server";
import { ChannelError, channelAccounts, openAccount, saveAccount } from "#app/messages/messages.server";
import { openPhoneTasks } from "#app/messages/phone-tasks.server";
import { pushState } from "#app/messages/push-subscriptions.server";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { ActionForm, type ChannelsAction } from "./form";
import { OwnChannels } from "./own-channels";
import { ReturnedMail } from "./returned-mail";
import { TwilioCard } from "./twilio-card";
import { WebhookCard } from "./webhook-card";

export const meta: MetaFunction = () => [{ title: "Channels · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { SHOPIFY_APP_URL, ENCRYPTION_KEY } = env();
  const providers = `${SHOPIFY_APP_URL.replace(/\/$/, "")}/providers`;
  return inShop(shop.id, async (tx) => ({
    accounts: await channelAccounts(tx, shop.id),
    browsers: (await pushState(tx, shop.id)).subscriptions,
    calls: (await openPhoneTasks(tx, shop.id)).length,
    answersUrl: `${providers}/twilio/in/${shopToken(ENCRYPTION_KEY, "twilio-answers", shop.id)}`,
    returnedUrl: `${providers}/mail/${shopToken(ENCRYPTION_KEY, "returned-mail", shop.id)}`,
  }));
}

/** `secret` is told once. */
export type ChannelsResult = SaveResult & { secret?: string };

export async function action({ request }: ActionFunctionArgs): Promise<ChannelsResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, ActionForm);
  if (!form.ok) return { problems: form.problems };
  const { value } = form;
  const config = { secret: env().ENCRYPTION_KEY, now: new Date() };
  switch (value.intent) {
    case "save-twilio":
      return saveTwilio(shop.id, value, config);
    case "save-webhook":
      return saveWebhook(shop.id, value, config);
    case "new-secret": {
      const secret = newSecret();
      await inShop(shop.id, (tx) => saveAccount(tx, shop.id, "webhook", { secret }, config));
      return { problems: {}, saved: "New secret made", secret };
    }
    case "switch": {
      const { channel, enabled } = value;
      await inShop(shop.id, (tx) => saveAccount(tx, shop.id, channel, { enabled }, config));
      return { problems: {}, saved: `Switched ${enabled ? "on" : "off"}` };
    }
    case "test-text":
      return testText(shop, value);
    case "test-webhook":
      return testWebhook(shop.id);
  }
}

type Config = { secret: string; now: Date };
type Action<Intent> = Extract<ReturnType<typeof ActionForm.parse>, { intent: Intent }>;

async function saveTwilio(
  shopId: number,
  { accountSid, token, smsFrom, whatsappFrom, sms, whatsapp }: Action<"save-twilio">,
  config: Config,
): Promise<ChannelsResult> {
  const problems: Record<string, string> = {};
  if ((sms || whatsapp) && !accountSid)
    problems.accountSid = "Twilio shows it on the first page of its console.";
  if (sms && !smsFrom) problems.smsFrom = "Enter the number that text messages come from.";
  if (whatsapp && !whatsappFrom) problems.whatsappFrom = "Enter the number that WhatsApp messages come from.";
  if (Object.keys(problems).length > 0) return { problems };
  const isSaved = await inShop(shopId, async (tx) => {
    const results = [
      await saveAccount(
        tx,
        shopId,
        "sms",
        { enabled: sms, config: { accountSid, from: smsFrom }, secret: token },
        config,
      ),
      await saveAccount(
        tx,
        shopId,
        "whatsapp",
        { enabled: whatsapp, config: { accountSid, from: whatsappFrom }, secret: token },
        config,
      ),
    ];
    return results.every(({ status }) => status === "saved");
  });
  return isSaved
    ? { problems: {}, saved: "Saved" }
    : { problems: { token: "Paste the auth token of the account." } };
}

async function saveWebhook(
  shopId: number,
  { url, enabled }: Action<"save-webhook">,
  config: Config,
): Promise<ChannelsResult> {
  const problem = url || enabled ? problemOfUrl(url, env().ALLOW_PRIVATE_ADDRESSES === "yes") : null;
  if (problem) return { problems: { url: problem } };
  const first = await inShop(shopId, async (tx) => {
    const known = await openAccount(tx, shopId, "webhook", config.secret);
    const secret = known ? undefined : newSecret();
    await saveAccount(tx, shopId, "webhook", { enabled, config: { url }, secret }, config);
    return secret;
  });
  return { problems: {}, saved: "Saved", secret: first };
}

function newSecret(): string {
  return `whsec_${randomBytes(24).toString("base64url")}`;
}

async function testText(
  shop: { id: number; name: string },
  { channel, to }: Action<"test-text">,
): Promise<ChannelsResult> {
  const field = `test-${channel}`;
  const account = await inShop(shop.id, (tx) => openAccount(tx, shop.id, channel, env().ENCRYPTION_KEY));
  if (!account) return { problems: { [field]: "Save the account first." } };
  const { accountSid: sid, secret: token, from } = account;
  const text = `${shop.name}: this is a test message.`;
  return told(field, "Test message sent", () =>
    twilioChannel(env().TWILIO_URL)({ channel, to, from, text, account: { sid, token } }),
  );
}

async function testWebhook(shopId: number): Promise<ChannelsResult> {
  const account = await inShop(shopId, (tx) => openAccount(tx, shopId, "webhook", env().ENCRYPTION_KEY));
  if (!account?.url) return { problems: { "test-webhook": "Save the address first." } };
  const send = webhookChannel({
    allowPrivate: env().ALLOW_PRIVATE_ADDRESSES === "yes",
    now: () => new Date(),
  });
  const { url, secret } = account;
  const id = randomUUID();
  const body = JSON.stringify({ id, event: "test", createdAt: new Date().toISOString() });
  return told("test-webhook", "Your address took the test", () =>
    send({ url, idempotencyKey: id, secret, event: "test", body }),
  );
}

/** What the provider refuses stands beside the button, in its words. */
async function told(field: string, saved: string, send: () => Promise<unknown>): Promise<ChannelsResult> {
  try {
    await send();
    return { problems: {}, saved };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { problems: { [field]: error.message } };
  }
}

export default function ChannelsPage() {
  const { accounts, browsers, calls, answersUrl, returnedUrl } = useLoaderData<typeof loader>();
  const of = (channel: string) => accounts.find((account) => account.channel === channel)!;
  return (
    <Page
      title="Channels"
      subtitle="Ways to reach your shoppers beside email. Each is off until you set it up; a journey takes the first one that reaches the person."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <BlockStack gap="400">
        <TwilioCard sms={of("sms")} whatsapp={of("whatsapp")} answersUrl={answersUrl} />
        <OwnChannels
          push={of("push").enabled}
          inbox={of("inbox").enabled}
          phone={of("phone").enabled}
          browsers={browsers}
          calls={calls}
        />
        <WebhookCard webhook={of("webhook")} />
        <ReturnedMail url={returnedUrl} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export type { ChannelsAction };
