import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastDays } from "#app/analytics/period";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { DEFAULT_TEMPLATES, isBuiltIn } from "#app/messages/default-templates";
import {
  allTemplates,
  archiveTemplate,
  leaveUnknown,
  messageResultsByTemplate,
  recentMessages,
  sendAgain,
  switchTemplate,
  templateState,
  unknownMessages,
  type MessageView,
} from "#app/messages/messages.server";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { ActionForm } from "./form";
import { FILTERS } from "#app/ui/message-words";
import { RecentMessages } from "./recent-messages";
import { TemplateList } from "./template-list";
import { UnknownMessages } from "./unknown-messages";

const PERIOD_DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const filter = FILTERS.find(({ value }) => value === params.get("show")) ?? FILTERS[0]!;
  const before = z.uuid().safeParse(params.get("before")).data;
  const now = new Date();
  return inShop(shop.id, async (tx) => {
    const period = lastDays(PERIOD_DAYS, now, shop.timezone);
    const results = await messageResultsByTemplate(tx, shop.id, period);
    const all = await allTemplates(tx, shop.id);
    const templates = all.map((template) => {
      const { key } = template;
      const { sent, delivered, clicked, unsubscribed } = results.get(key) ?? NO_RESULTS;
      const description = isBuiltIn(key) ? DEFAULT_TEMPLATES[key].description : null;
      return { ...template, description, sent, delivered, clicked, unsubscribed };
    });
    const names = new Map<string, string>(all.map(({ key, name }) => [key, name]));
    const named = (message: MessageView) => ({
      ...message,
      mail: names.get(message.templateKey) ?? message.templateKey,
    });
    const recent = await recentMessages(tx, shop.id, { states: filter.states, before });
    return {
      templates,
      unknown: (await unknownMessages(tx, shop.id)).map(named),
      recent: { messages: recent.messages.map(named), more: recent.more },
      filter: filter.value,
      locale,
      timezone: shop.timezone,
    };
  });
}

const NO_RESULTS = { sent: 0, delivered: 0, clicked: 0, unsubscribed: 0 };

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, ActionForm);
  if (!form.ok) return { problems: form.problems };
  const { value } = form;
  const now = new Date();
  const saved = await inShop(shop.id, async (tx) => {
    switch (value.intent) {
      case "switch":
        if (!(await templateState(tx, shop.id, value.key))) return null;
        await switchTemplate(tx, shop.id, value.key, value.enabled, now);
        return `Switched ${value.enabled ? "on" : "off"}`;
      case "archive":
        return (await archiveTemplate(tx, shop.id, value.id, true, now)) ? "Put away" : null;
      case "restore":
        return (await archiveTemplate(tx, shop.id, value.id, false, now)) ? "Brought back" : null;
      case "send-again":
        return (await sendAgain(tx, shop.id, value.id, now)).status === "queued"
          ? "Sent again"
          : "Already settled";
      case "leave":
        return (await leaveUnknown(tx, shop.id, value.id, now)).status === "left"
          ? "Left as it is"
          : "Already settled";
    }
  });
  return saved ? { problems: {}, saved } : { problems: { "": "There is no such email." } };
}

export const meta = () => [{ title: "Messages · Postlude" }];

export default function MessagesPage() {
  const { templates, unknown, recent, filter, locale, timezone } = useLoaderData<typeof loader>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Page
      title="Messages"
      subtitle="Emails that follow an order, in your words and your shoppers' languages."
      primaryAction={{ content: "New email", url: "/app/messages/new" }}
      secondaryActions={[
        { content: "Channels", url: "/app/messages/channels" },
        { content: "Contact policy", url: "/app/messages/policy" },
        { content: "Calls", url: "/app/messages/calls" },
        { content: "Stopped addresses", url: "/app/messages/suppressed" },
      ]}
    >
      <BlockStack gap="400">
        {unknown.length > 0 && <UnknownMessages messages={unknown} time={time} />}
        <TemplateList templates={templates} days={PERIOD_DAYS} locale={locale} />
        <RecentMessages recent={recent} filter={filter} time={time} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
