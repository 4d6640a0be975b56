import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { CATEGORIES, type Category } from "#app/sponsored/campaign";
import { TermsFormSchema, type TermsForm } from "#app/sponsored/terms";
import { saveTerms, sponsoredTerms } from "#app/sponsored/terms.server";
import { useDraft } from "#app/ui/draft";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import {
  BlockStack,
  Box,
  Button,
  Card,
  ChoiceList,
  FormLayout,
  InlineStack,
  Layout,
  Page,
  Tag,
  Text,
  TextField,
} from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";

export const meta = () => [{ title: "Rules for sponsored offers · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const terms = await inShop(shop.id, (tx) => sponsoredTerms(tx, shop.id));
  const { sharePercent, reserveMinor, reserveSaleMinor, blockedDomains } = terms;
  const blockedCategories = terms.blockedCategories.filter((one): one is Category => one in CATEGORIES);
  const form: TermsForm = { reserveMinor, reserveSaleMinor, blockedCategories, blockedDomains };
  return { form, sharePercent, currency: shop.currency };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, TermsFormSchema);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => saveTerms(tx, shop.id, form.value, new Date()));
  await shopChanged(shop.id);
  return { problems: {}, saved: "Rules saved" };
}

const CHOICES = Object.entries(CATEGORIES).map(([value, label]) => ({ value, label }));

export default function RulesPage() {
  const { form, sharePercent, currency } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<TermsForm>(form);
  const { save, saving, problems } = useSave<TermsForm>();
  const money = { prefix: currency, digits: currencyDigits(currency) };
  return (
    <Page
      title="Rules for sponsored offers"
      subtitle="They hold for every campaign, whoever brought it."
      backAction={{ content: "Sponsored", url: "/app/sponsored" }}
    >
      <UnsavedChanges id="rules" dirty={dirty} saving={saving} onSave={() => save(value)} onDiscard={reset} />
      <Layout>
        <Layout.AnnotatedSection
          title="Least prices"
          description={`Nobody is shown for less. You get ${sharePercent}% of what advertisers pay; the rest belongs to whoever hosts this app.`}
        >
          <Card>
            <FormLayout>
              <NumberField
                label="Least price of a click"
                {...money}
                value={value.reserveMinor}
                error={problems.reserveMinor}
                onChange={(reserveMinor) => set({ reserveMinor })}
              />
              <NumberField
                label="Least price of a sale"
                {...money}
                value={value.reserveSaleMinor}
                error={problems.reserveSaleMinor}
                onChange={(reserveSaleMinor) => set({ reserveSaleMinor })}
              />
            </FormLayout>
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Blocked categories"
          description="Campaigns of these are never shown, also those that you approved before."
        >
          <Card>
            <ChoiceList
              title="Blocked categories"
              titleHidden
              allowMultiple
              choices={CHOICES}
              selected={value.blockedCategories}
              onChange={(chosen) =>
                set({
                  blockedCategories: CHOICES.map((one) => one.value as Category).filter((one) =>
                    chosen.includes(one),
                  ),
                })
              }
              error={problems.blockedCategories}
            />
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Blocked domains"
          description="Nothing of these domains is shown and nothing leads there, also not to shop.competitor.example when you block competitor.example."
        >
          <Card>
            <Domains
              value={value.blockedDomains}
              problem={firstOf(problems, "blockedDomains")}
              onChange={(blockedDomains) => set({ blockedDomains })}
            />
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function firstOf(problems: Record<string, string>, field: string): string | undefined {
  return Object.entries(problems).find(([path]) => path.startsWith(field))?.[1];
}

type DomainsProps = { value: string[]; problem: string | undefined; onChange: (domains: string[]) => void };

function Domains({ value, problem, onChange }: DomainsProps) {
  const [typed, setTyped] = useState("");
  function add(): void {
    const domain = typed.trim().toLowerCase();
    if (domain && !value.includes(domain)) onChange([...value, domain]);
    setTyped("");
  }
  return (
    <BlockStack gap="300">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="Domain"
          value={typed}
          onChange={setTyped}
          error={problem}
          placeholder="competitor.example"
          autoComplete="off"
          connectedRight={<Button submit>Block</Button>}
        />
      </form>
      {value.length === 0 && (
        <Text as="p" tone="subdued">
          No domain is blocked.
        </Text>
      )}
      <InlineStack gap="200">
        {value.map((domain) => (
          <Tag key={domain} onRemove={() => onChange(value.filter((one) => one !== domain))}>
            {domain}
          </Tag>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
