import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { contactSettingsOf, saveContactSettings } from "#app/contact-policy/contact-policy.server";
import { DOUBLE_OPT_IN, type CountryRule, type DoubleOptIn } from "#app/contact-policy/country-rules";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { countries } from "#app/ui/countries";
import { useDraft } from "#app/ui/draft";
import { NumberFields, type NumberWords } from "#app/ui/number-fields";
import { BlockStack, Box, Card, Layout, Page, Select, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { CountryRuleFields } from "./country-rule-fields";
import { PolicyForm } from "./form";

export const meta: MetaFunction = () => [{ title: "Contact policy · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const rules = await inShop(shop.id, (tx) => contactSettingsOf(tx, shop.id));
  const { quiet, ...limits } = rules.limits;
  const policy: PolicyForm = {
    ...limits,
    quietFromHour: quiet.startHour,
    quietToHour: quiet.endHour,
    doubleOptIn: rules.doubleOptIn,
    countries: Object.entries(rules.countries).map(([country, rule]) => ({ country, rule })),
  };
  return { policy, countries: countries(locale) };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, PolicyForm);
  if (!form.ok) return { problems: form.problems };
  const { quietFromHour, quietToHour, doubleOptIn, countries: rows, ...limits } = form.value;
  const rules = {
    limits: { ...limits, quiet: { startHour: quietFromHour, endHour: quietToHour } },
    doubleOptIn,
    countries: Object.fromEntries(rows.map(({ country, rule }) => [country, rule])) as Record<
      string,
      CountryRule
    >,
  };
  await inShop(shop.id, (tx) => saveContactSettings(tx, shop.id, rules, new Date()));
  return { problems: {}, saved: "Policy saved" };
}

type Count = Exclude<keyof PolicyForm, "doubleOptIn" | "countries">;

const BUDGET: NumberWords<Count>[] = [
  {
    name: "marketingPerDay",
    label: "At most, in 24 hours",
    suffix: "times",
    help: "On all channels together.",
  },
  {
    name: "marketingPerWeek",
    label: "At most, in 7 days",
    suffix: "times",
    help: "On all channels together.",
  },
];
const GAPS: NumberWords<Count>[] = [
  {
    name: "surveyGapDays",
    label: "Between two surveys",
    suffix: "days",
    help: "Wherever the person was asked.",
  },
  { name: "npsGapDays", label: "Between two “would you recommend us?”", suffix: "days", help: "Per person." },
];
const QUIET: NumberWords<Count>[] = [
  { name: "quietFromHour", label: "Quiet from", suffix: "o'clock", help: "In the shopper's own time." },
  { name: "quietToHour", label: "Quiet until", suffix: "o'clock", help: "The same hour twice: never quiet." },
];

const CONFIRMING = Object.entries(DOUBLE_OPT_IN).map(([value, label]) => ({ value, label }));

export default function PolicyPage() {
  const { policy, countries: list } = useLoaderData<typeof loader>();
  const draft = useDraft<PolicyForm>(policy);
  const { save, saving, problems } = useSave<PolicyForm>();
  const { value, set } = draft;
  const fields = (words: NumberWords<Count>[]) => (
    <NumberFields fields={words} value={value} problems={problems} onChange={set} />
  );
  return (
    <Page
      title="Contact policy"
      subtitle="How often a person hears from you. Mails about an order always go out; everything not sent stands under Messages, with its reason."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      <UnsavedChanges
        id="contact-policy"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={draft.reset}
      />
      <Layout>
        <Layout.AnnotatedSection
          title="Marketing per person"
          description="Counted over email, text messages, notifications and offers inside mails. Where several want the same day, the weightiest goes out. While a parcel is late, marketing rests."
        >
          <Card>{fields(BUDGET)}</Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection title="Questions" description="Nobody is asked all the time.">
          <Card>{fields(GAPS)}</Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Quiet hours"
          description="Marketing waits until the morning. The time is the shopper's where their country tells it, else your shop's."
        >
          <Card>{fields(QUIET)}</Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Agreement"
          description="Who may get marketing by email. Leaving always works at once, everywhere."
        >
          <Card>
            <BlockStack gap="400">
              <Text as="p">
                Only people who agreed get marketing, unless you set another rule for a country.
              </Text>
              <Select
                label="Who confirms by email (double opt-in)"
                options={CONFIRMING}
                value={value.doubleOptIn}
                onChange={(chosen) => set({ doubleOptIn: chosen as DoubleOptIn })}
                error={problems.doubleOptIn}
                helpText="For people who agree on your own pages. They get a mail with a button; until they press it, no marketing reaches them. A country with the rule “agreed and confirmed” is always asked."
              />
              <CountryRuleFields
                rows={value.countries}
                countries={list}
                problems={problems}
                onChange={(rows) => set({ countries: rows })}
              />
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
