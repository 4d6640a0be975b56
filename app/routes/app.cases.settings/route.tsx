import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CaseRulesSchema, type CaseRules } from "#app/cases/case-rules";
import { caseRulesOf, saveCaseRules } from "#app/cases/cases.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { EXCEPTION_KINDS } from "#app/parcels/exception";
import { useDraft } from "#app/ui/draft";
import { ExceptionChoices } from "#app/ui/exception-choices";
import { NumberField } from "#app/ui/number-field";
import {
  BlockStack,
  Box,
  Card,
  Checkbox,
  InlineGrid,
  Layout,
  Link,
  Page,
  Text,
  TextField,
} from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";

export const meta: MetaFunction = () => [{ title: "Rules for cases · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return { rules: await inShop(shop.id, (tx) => caseRulesOf(tx, shop.id)) };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, CaseRulesSchema);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => saveCaseRules(tx, shop.id, form.value, new Date()));
  return { problems: {}, saved: "Rules saved" };
}

export default function CaseRulesPage() {
  const { rules } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<CaseRules>(rules);
  const { save, saving, problems } = useSave<CaseRules>();
  const switchKind = (kind: (typeof EXCEPTION_KINDS)[number], on: boolean) =>
    set({
      exceptions: EXCEPTION_KINDS.filter((one) => (one === kind ? on : value.exceptions.includes(one))),
    });
  return (
    <Page title="Rules for cases" backAction={{ content: "Cases", url: "/app/cases" }}>
      <UnsavedChanges
        id="case-rules"
        dirty={dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={reset}
      />
      <Layout>
        <Layout.AnnotatedSection
          title="Opens by itself"
          description="Where nothing mends itself and somebody has to act. The shopper is told by your delivery messages; the case is for your staff."
        >
          <Card>
            <BlockStack gap="200">
              <ExceptionChoices
                kinds={EXCEPTION_KINDS}
                isOn={(kind) => value.exceptions.includes(kind)}
                onSwitch={switchKind}
              />
              <Checkbox
                label="A bad score"
                helpText="0 to 6 when asked whether they would recommend you."
                checked={value.detractors}
                onChange={(detractors) => set({ detractors })}
              />
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Your answer"
          description="Counted while you are open: on working days of your shop's country, without the days on which you are closed."
        >
          <Card>
            <BlockStack gap="400">
              <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
                <NumberField
                  label="Answer within"
                  suffix="hours"
                  value={value.answerHours}
                  onChange={(answerHours) => set({ answerHours })}
                  error={problems.answerHours}
                />
                <TextField
                  label="Open from"
                  type="time"
                  value={value.opensAt}
                  onChange={(opensAt) => set({ opensAt })}
                  error={problems.opensAt}
                  autoComplete="off"
                />
                <TextField
                  label="Open until"
                  type="time"
                  value={value.closesAt}
                  onChange={(closesAt) => set({ closesAt })}
                  error={problems.closesAt}
                  autoComplete="off"
                />
              </InlineGrid>
              <Text as="p" tone="subdued">
                New times hold for cases that open from now on.{" "}
                <Link url="/app/deliveries/rules">Days off</Link>
              </Text>
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
