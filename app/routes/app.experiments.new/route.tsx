import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { METRICS_OF, SUBJECTS, type Metric, type Subject } from "#app/experiments/subjects";
import { requireShop } from "#app/http/admin.server";
import { DraftSchema, experimentChoices, startDraft, type Draft } from "#app/http/experiment-drafts.server";
import { readForm } from "#app/http/form.server";
import { nearestLocale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { METRIC_WORDS, subjectName } from "#app/ui/experiment-words";
import { Banner, BlockStack, Box, Button, Card, Page, Select, Text, TextField } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { VariantCard } from "./variant-card";
import { addVariant, draftFor, removeVariant } from "./draft";

export const meta: MetaFunction = () => [{ title: "New experiment · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const { locales } = await settingsOf(tx, shop.id);
    const locale = locales[0] ?? nearestLocale(shop.primaryLocale);
    return { ...(await experimentChoices(tx, shop.id, locale)), locale };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, staffId } = await requireShop(request);
  const body = await readForm(request, DraftSchema);
  if (!body.ok) return { problems: body.problems } satisfies SaveResult;
  const now = new Date();
  const started = await inShop(shop.id, async (tx) => {
    const { locales } = await settingsOf(tx, shop.id);
    const locale = locales[0] ?? nearestLocale(shop.primaryLocale);
    return startDraft(tx, body.value, { shopId: shop.id, locale, author: staffId, now });
  });
  if (started.status === "refused") return { problems: started.problems } satisfies SaveResult;
  await shopChanged(shop.id);
  return redirect(`/app/experiments/${started.id}`);
}

export default function NewExperimentPage() {
  const { things, products, locale } = useLoaderData<typeof loader>();
  const [draft, setDraft] = useState<Draft>(() => draftFor(things[0]));
  const { save, saving, problems } = useSave<Draft>();
  if (things.length === 0) return <NothingToTest />;
  const thing = things.find(({ subject, id }) => subject === draft.subject && id === draft.subjectId);
  const ofSubject = things.filter(({ subject }) => subject === draft.subject);
  const choose = (subject: Subject, id?: string) =>
    setDraft(
      draftFor(things.find((one) => one.subject === subject && (!id || one.id === id)) ?? { subject }),
    );
  const setVariant = (index: number, change: Partial<Draft["variants"][number]>) =>
    setDraft((now) => ({
      ...now,
      variants: now.variants.map((variant, at) => (at === index ? { ...variant, ...change } : variant)),
    }));

  return (
    <Page
      backAction={{ content: "Experiments", url: "/app/experiments" }}
      title="New experiment"
      primaryAction={{
        content: "Start",
        onAction: () => save(draft),
        loading: saving,
        disabled: ofSubject.length === 0,
      }}
    >
      <BlockStack gap="400">
        {Object.keys(problems).length > 0 && (
          <Banner tone="critical" title="This cannot start yet">
            <p>{Object.values(problems)[0]} The fields to look at are marked below.</p>
          </Banner>
        )}
        <Card>
          <BlockStack gap="400">
            <Select
              label="What to test"
              options={SUBJECTS.map((subject) => ({ label: subjectName(subject), value: subject }))}
              value={draft.subject}
              onChange={(subject) => choose(subject as Subject)}
            />
            {ofSubject.length === 0 ? (
              <Text as="p" tone="subdued">
                Nothing of this kind is live. Publish one first, or test something else.
              </Text>
            ) : (
              <Select
                label={`Which ${subjectName(draft.subject).toLowerCase()}`}
                options={ofSubject.map(({ id, name }) => ({ label: name, value: id }))}
                value={draft.subjectId}
                onChange={(id) => choose(draft.subject, id)}
                error={problems.subjectId}
              />
            )}
            <Select
              label="What decides"
              options={METRICS_OF[draft.subject].map((metric) => ({
                label: METRIC_WORDS[metric].label,
                value: metric,
              }))}
              value={draft.metric}
              onChange={(metric) => setDraft({ ...draft, metric: metric as Metric })}
              helpText={METRIC_WORDS[draft.metric].help}
              error={problems.metric}
            />
            <TextField
              label="Name"
              value={draft.name}
              onChange={(name) => setDraft({ ...draft, name })}
              autoComplete="off"
              maxLength={80}
              helpText="Only you see it."
              error={problems.name}
            />
          </BlockStack>
        </Card>
        {thing &&
          draft.variants.map((variant, index) => (
            <VariantCard
              key={index}
              index={index}
              variant={variant}
              thing={thing}
              products={products}
              locale={locale}
              problems={problems}
              onChange={(change) => setVariant(index, change)}
              onRemove={
                index > 1 ? () => setDraft({ ...draft, variants: removeVariant(draft, index) }) : undefined
              }
            />
          ))}
        {thing && draft.variants.length < 5 && (
          <Box>
            <Button onClick={() => setDraft({ ...draft, variants: addVariant(draft, thing) })}>
              Add another variant
            </Button>
          </Box>
        )}
        {problems.variants && (
          <Text as="p" tone="critical">
            {problems.variants}
          </Text>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function NothingToTest() {
  return (
    <Page backAction={{ content: "Experiments", url: "/app/experiments" }} title="New experiment">
      <Card>
        <Text as="p">
          Nothing is live yet. Publish an offer or a survey, or switch on an email, and test a variant of it
          here.
        </Text>
      </Card>
    </Page>
  );
}
