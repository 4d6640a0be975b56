import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { configOf, learntOf, RankingSchema, rulesOf } from "#app/payments/learnt";
import { LEAST_ORDERS } from "#app/payments/learn-payments.server";
import { onSince, pausesOf } from "#app/payments/pauses";
import { beginFiguresAnew, rankingOf, saveRanking } from "#app/payments/payments.server";
import { paymentEffect } from "#app/payments/results.server";
import { useDraft } from "#app/ui/draft";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Box, Card, Layout, Page, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { EffectCard } from "./effect";
import { HowBuyersPaid } from "./how-buyers-paid";
import { Preview } from "./preview";
import { Rules } from "./rules";
import { StateBanner } from "./state-banner";

export const meta: MetaFunction = () => [{ title: "Payments · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const ranking = await rankingOf(tx, shop.id);
    const learnt = learntOf(ranking);
    const { enabled, holdoutPercent, syncState, syncError, syncedAt, learntAt } = ranking;
    return {
      form: { enabled, holdoutPercent, rules: rulesOf(ranking) },
      sync: { state: syncState, error: syncError, at: syncedAt },
      learnt: learnt && { orders: learnt.orders, methods: learnt.methods, countries: learnt.countries },
      config: configOf(ranking),
      learntAt,
      leastOrders: LEAST_ORDERS,
      effect: await paymentEffect(tx, shop.id, ranking),
      figures: { startedAt: ranking.startedAt, pauses: pausesOf(ranking).length },
      onSince: onSince(ranking),
      currency: shop.currency,
      homeCountry: shop.country,
      timezone: shop.timezone,
      locale,
    };
  });
}

/** What the page asks for beside saving its form. */
const BeginAnew = z.object({ beginAnew: z.literal(true) });
export type BeginAnew = z.infer<typeof BeginAnew>;

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const now = new Date();
  if ((await readForm(request.clone(), BeginAnew)).ok) {
    await inShop(shop.id, (tx) => beginFiguresAnew(tx, shop.id, now));
    return { problems: {}, saved: "The figures begin anew" };
  }
  const form = await readForm(request, RankingSchema);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => saveRanking(tx, shop.id, form.value, now));
  return { problems: {}, saved: form.value.enabled ? "Saved. Shopify is being told." : "Saved and off" };
}

export default function PaymentsPage() {
  const page = useLoaderData<typeof loader>();
  const { form, learnt, sync, locale, currency } = page;
  const draft = useDraft(form);
  const { save, saving, problems } = useSave<typeof form>();
  const { value, set } = draft;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: page.timezone });
  const config = { ...page.config, rules: value.rules };

  return (
    <Page
      title="Payments"
      primaryAction={{
        content: form.enabled ? "Switch off" : "Switch on",
        onAction: () => save({ ...value, enabled: !form.enabled }),
        loading: saving,
      }}
    >
      <UnsavedChanges
        id="payments"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={draft.reset}
      />
      <BlockStack gap="400">
        <StateBanner
          enabled={form.enabled}
          learnt={learnt !== null}
          leastOrders={page.leastOrders}
          sync={sync}
          since={page.onSince ? date.format(new Date(page.onSince)) : null}
          saving={saving}
          onTryAgain={() => save(form)}
        />
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              The likely way to pay comes first
            </Text>
            <Text as="p">
              Postlude learns from your past orders how buyers pay: by country, order value, new or returning,
              phone or desktop. At the payment step of your checkout it then puts first what each buyer most
              likely wants. Nothing is hidden unless you say so below, and one method always stays. No name or
              address is part of what is learnt, and Shopify runs it without calling us.
            </Text>
          </BlockStack>
        </Card>
        {learnt && (
          <Preview
            config={config}
            methods={learnt.methods}
            countries={learnt.countries}
            homeCountry={page.homeCountry}
            currency={currency}
            locale={locale}
          />
        )}
        {learnt && page.learntAt && (
          <HowBuyersPaid {...learnt} learntAt={date.format(new Date(page.learntAt))} locale={locale} />
        )}
        <EffectCard
          effect={page.effect}
          since={page.figures.startedAt && date.format(new Date(page.figures.startedAt))}
          pauses={page.figures.pauses}
          enabled={form.enabled}
          holdoutPercent={form.holdoutPercent}
          currency={currency}
          locale={locale}
        />
        <Layout>
          <Layout.AnnotatedSection
            title="Your rules"
            description="They hold for every buyer, and come before what was learnt. If your rules would hide everything, the first method stays."
          >
            <Card>
              <Rules
                methods={learnt?.methods ?? []}
                rules={value.rules}
                problems={problems}
                currency={currency}
                onChange={(rules) => set({ rules })}
              />
            </Card>
          </Layout.AnnotatedSection>
          <Layout.AnnotatedSection
            title="Holdout"
            description="This share of buyers keeps Shopify's own order, so that you can tell what the learnt one does. Changing it begins the figures anew."
          >
            <Card>
              <NumberField
                label="Share of buyers"
                suffix="%"
                helpText="0 to 50. With 0 there is nothing to compare with."
                value={value.holdoutPercent}
                onChange={(holdoutPercent) => set({ holdoutPercent })}
                error={problems.holdoutPercent}
              />
            </Card>
          </Layout.AnnotatedSection>
        </Layout>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
