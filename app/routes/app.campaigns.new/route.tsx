import { randomUUID } from "node:crypto";
import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { CHANNELS, type Channel } from "#app/contact-policy/contact";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { isBuiltIn } from "#app/messages/default-templates";
import { campaignById, channelAccounts, liveTemplates, type Audience } from "#app/messages/messages.server";
import { localDay, shownMoment } from "#app/shops/local-day";
import { settingsOf } from "#app/shops/shops.server";
import { countries } from "#app/ui/countries";
import { Banner, BlockStack, Box, Card, EmptyState, InlineGrid, Page } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import { AudienceFields } from "./audience-fields";
import { carryOut } from "./carry-out.server";
import { ActionForm, type CampaignAction, type CampaignActionResult, type CampaignDraft } from "./form";
import { MessageFields } from "./message-fields";
import { ReachCard } from "./reach-card";
import { TimeFields } from "./time-fields";
import { useLook } from "./use-look";

export const meta: MetaFunction = () => [{ title: "New campaign · Postlude" }];

const DAY = 24 * 60 * 60 * 1000;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const from = z.uuid().safeParse(new URL(request.url).searchParams.get("from")).data;
  const { timezone } = shop;
  return inShop(shop.id, async (tx) => {
    // What came with Postlude follows an order, which a campaign has none of.
    const templates = (await liveTemplates(tx, shop.id)).filter(
      ({ key, purpose, enabled }) => enabled && (!isBuiltIn(key) || purpose === "marketing"),
    );
    const accounts = await channelAccounts(tx, shop.id);
    const inUse = (channel: Channel) =>
      channel === "email" || accounts.some((one) => one.channel === channel && one.enabled);
    const copied = from ? await campaignById(tx, shop.id, from) : null;
    const {
      countries: chosen = [],
      leastOrders = 0,
      orderedSince,
      orderedBefore,
    } = (copied?.audience ?? {}) as Audience;
    const dayOf = (iso: string | undefined) => (iso ? localDay(new Date(iso), timezone) : "");
    const draft: CampaignDraft = {
      name: copied ? `${copied.name} (copy)`.slice(0, 80) : "",
      template: templates.find(({ key }) => key === copied?.templateKey)?.key ?? "",
      channels: ((copied?.channels ?? ["email"]) as Channel[]).filter(inUse),
      ...{
        countries: chosen,
        leastOrders,
        orderedSince: dayOf(orderedSince),
        orderedBefore: dayOf(orderedBefore),
      },
      holdoutPercent: copied?.holdoutPercent ?? 0,
      when: "later",
      at: `${shownMoment(new Date(Date.now() + DAY), timezone).slice(0, 10)}T10:00`,
    };
    return {
      ...{ draft, locale, timezone, key: randomUUID() },
      templates: templates.map(({ key, name, purpose }) => ({ key, name, purpose })),
      countries: countries(locale),
      channels: CHANNELS.filter((channel) => channel !== "webhook" && inUse(channel)),
      language: (await settingsOf(tx, shop.id)).locales[0] ?? "en",
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const form = await readForm(request, ActionForm);
  if (!form.ok) return { problems: form.problems } satisfies CampaignActionResult;
  const result = await carryOut(shop, form.value, new Date());
  return "goTo" in result ? redirect(result.goTo) : result;
}

/** What is asked here changes nothing that the page has loaded. */
export const shouldRevalidate = () => false;

export default function NewCampaignPage() {
  const data = useLoaderData<typeof loader>();
  return data.templates.length === 0 ? <NothingToSend /> : <CampaignForm data={data} />;
}

function CampaignForm({ data }: { data: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { templates, channels, countries, language, locale, timezone } = data;
  const [draft, setDraft] = useState<CampaignDraft>(data.draft);
  const { save, saving, problems } = useSave<CampaignAction>();
  const set = (change: Partial<CampaignDraft>) => setDraft((now) => ({ ...now, ...change }));
  const { look, wrong } = useLook(draft);
  const marked = { ...problems, ...wrong };
  const { name, template, when, ...rest } = draft;
  const schedule = () =>
    save({ intent: "schedule", key: data.key, name, when, template: template as never, ...rest });
  return (
    <Page
      backAction={{ content: "Campaigns", url: "/app/campaigns" }}
      title="New campaign"
      primaryAction={{ content: when === "now" ? "Send" : "Schedule", onAction: schedule, loading: saving }}
    >
      <InlineGrid columns={{ xs: 1, lg: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          {Object.keys(problems).length > 0 && (
            <Banner tone="critical" title="This cannot be scheduled yet">
              <p>{Object.values(problems)[0]} The fields to look at are marked below.</p>
            </Banner>
          )}
          <MessageFields {...{ draft, templates, channels, language }} problems={marked} onChange={set} />
          <AudienceFields {...{ draft, countries }} problems={marked} onChange={set} />
          <TimeFields {...{ draft, timezone }} problems={marked} onChange={set} />
        </BlockStack>
        <ReachCard {...{ draft, look, locale, timezone }} isWrong={Object.keys(wrong).length > 0} />
      </InlineGrid>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function NothingToSend() {
  return (
    <Page backAction={{ content: "Campaigns", url: "/app/campaigns" }} title="New campaign">
      <Card>
        <EmptyState
          heading="First the message, then the campaign"
          action={{ content: "Write an email", url: "/app/messages/new" }}
        >
          <p>
            A campaign sends one of your own messages. Write one under Messages: choose “Marketing”, start
            from an empty email, and come back.
          </p>
        </EmptyState>
      </Card>
    </Page>
  );
}
