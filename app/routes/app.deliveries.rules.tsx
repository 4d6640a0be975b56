import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { DeliveryRulesSchema, EXCEPTION_KINDS, type DeliveryRules } from "#app/parcels/exception";
import { rulesOf, saveRules } from "#app/parcels/exceptions.server";
import { PROXY_PATH } from "#app/parcels/proxy-path";
import { noteProxyPath } from "#app/parcels/proxy-path.server";
import { forgetShops } from "#app/shops/known-shops.server";
import { useDraft } from "#app/ui/draft";
import { ExceptionChoices } from "#app/ui/exception-choices";
import { ListField } from "#app/ui/list-field";
import { NumberFields, type NumberWords } from "#app/ui/number-fields";
import { BlockStack, Box, Card, Layout, Page, TextField } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";

export const meta: MetaFunction = () => [{ title: "Delivery rules · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { proxyPath } = await prisma.shop.findUniqueOrThrow({ where: { id: shop.id } });
  return {
    form: { ...(await inShop(shop.id, (tx) => rulesOf(tx, shop.id))), proxyPath },
    domain: shop.domain,
  };
}

const FormSchema = DeliveryRulesSchema.extend({
  proxyPath: z.string().trim().regex(PROXY_PATH, "Use a path like /apps/postlude."),
});
type RulesForm = z.infer<typeof FormSchema>;

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, FormSchema);
  if (!form.ok) return { problems: form.problems };
  const { proxyPath, ...rules } = form.value;
  await inShop(shop.id, async (tx) => {
    await saveRules(tx, shop.id, rules, new Date());
    await noteProxyPath(tx, shop.id, proxyPath);
  });
  forgetShops();
  return { problems: {}, saved: "Rules saved" };
}

type Threshold = Exclude<keyof DeliveryRules, "closedDays" | "tell">;
const THRESHOLDS: NumberWords<Threshold>[] = [
  { name: "notShippedHours", label: "Not shipped after", suffix: "hours", help: "Counted from the order." },
  {
    name: "notPickedUpDays",
    label: "Not picked up after",
    suffix: "working days",
    help: "No scan by the carrier.",
  },
  {
    name: "stalledDomesticDays",
    label: "Standing still, at home",
    suffix: "working days",
    help: "Since the last scan.",
  },
  {
    name: "stalledInternationalDays",
    label: "Standing still, abroad",
    suffix: "working days",
    help: "Since the last scan.",
  },
  {
    name: "slippedDays",
    label: "Later than told by",
    suffix: "days",
    help: "After the last day that the shopper was told.",
  },
  {
    name: "pickupReminderDays",
    label: "Collection reminder after",
    suffix: "days",
    help: "Since it is at the pickup point.",
  },
];

export default function DeliveryRulesPage() {
  const { form, domain } = useLoaderData<typeof loader>();
  const draft = useDraft<RulesForm>(form);
  const { save, saving, problems } = useSave<RulesForm>();
  const { value, set } = draft;
  const closedProblem = Object.entries(problems).find(([field]) => field.startsWith("closedDays"))?.[1];
  return (
    <Page title="Delivery rules" backAction={{ content: "Deliveries", url: "/app/deliveries" }}>
      <UnsavedChanges
        id="delivery-rules"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={draft.reset}
      />
      <Layout>
        <Layout.AnnotatedSection
          title="When something is wrong"
          description="New values hold from the next scan on. Working days follow the weekend of your shop's country."
        >
          <Card>
            <BlockStack gap="400">
              <NumberFields fields={THRESHOLDS} value={value} problems={problems} onChange={set} />
              <ListField
                label="Days on which you are closed"
                placeholder="2026-12-24, 2026-12-25"
                helpText="Public holidays and company holidays; they are no working days."
                value={value.closedDays}
                onChange={(closedDays) => set({ closedDays })}
                error={closedProblem}
              />
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Tell the shopper"
          description="By email, before anybody asks, and at most once in three days about the same delay. While something is wrong, marketing to this shopper rests."
        >
          <Card>
            <BlockStack gap="200">
              <ExceptionChoices
                kinds={EXCEPTION_KINDS}
                isOn={(kind) => value.tell[kind]}
                onSwitch={(kind, on) => set({ tell: { ...value.tell, [kind]: on } })}
              />
            </BlockStack>
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="Tracking page"
          description="It stands on your shop's own domain. Shopify lets you rename where, under Settings → Apps; visits by the new address are noticed by themselves."
        >
          <Card>
            <TextField
              label="Path on your domain"
              prefix={`https://${domain}`}
              suffix="/track"
              value={value.proxyPath}
              onChange={(proxyPath) => set({ proxyPath })}
              error={problems.proxyPath}
              helpText="Links in mails lead there, and the offer on your cart page asks there."
              autoComplete="off"
            />
          </Card>
        </Layout.AnnotatedSection>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
