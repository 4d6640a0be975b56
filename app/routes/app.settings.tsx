import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { BrandSchema, LANGUAGE_NAMES, LocalesSchema, SurfacesSchema } from "#app/shops/settings";
import { changeSettings, settingsOf } from "#app/shops/shops.server";
import { BrandFields } from "#app/ui/brand-fields";
import { useDraft } from "#app/ui/draft";
import {
  BlockStack,
  Box,
  Button,
  Card,
  InlineStack,
  Layout,
  Link,
  Page,
  RangeSlider,
  Text,
} from "#app/ui/polaris";
import { LanguageFields } from "#app/ui/language-fields";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { section } from "#app/ui/section";
import { SurfaceFields } from "#app/ui/surface-fields";

const SettingsForm = z.object({
  brand: BrandSchema,
  surfaces: SurfacesSchema,
  locales: LocalesSchema,
  holdoutPercent: z.int().min(0).max(50),
});

export const meta = () => [{ title: "Settings · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { brand, surfaces, locales, holdoutPercent } = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
  return { form: { brand, surfaces, locales, holdoutPercent }, shopName: shop.name };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, SettingsForm);
  if (!form.ok) return { problems: form.problems };
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, form.value));
  await shopChanged(shop.id);
  return { problems: {}, saved: "Settings saved" };
}

type SettingsForm = z.infer<typeof SettingsForm>;

export default function SettingsPage() {
  const { form, shopName } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<SettingsForm>(form);
  const { save, saving, problems } = useSave<SettingsForm>();
  const part = { value, problems, set };

  return (
    <Page title="Settings">
      <UnsavedChanges
        id="settings"
        dirty={dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={reset}
      />
      <Layout>
        <BrandSection {...part} shopName={shopName} />
        <PlacesSection {...part} />
        <LanguagesSection {...part} />
        <RestraintSection {...part} />
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

type PartProps = {
  value: SettingsForm;
  problems: Record<string, string>;
  set: (change: Partial<SettingsForm>) => void;
};

const BrandSection = section(
  function BrandSection({ value, problems, set, shopName }: PartProps & { shopName: string }) {
    return (
      <Layout.AnnotatedSection
        title="Brand"
        description="How shoppers recognise you in emails and on their pages."
      >
        <Card>
          <BrandFields
            value={value.brand}
            problems={problems}
            shopName={shopName}
            onChange={(change) => set({ brand: { ...value.brand, ...change } })}
          />
          <Box paddingBlockStart="400">
            <Button url="/app/settings/brand">Fonts, corners, footer and social links</Button>
          </Box>
        </Card>
      </Layout.AnnotatedSection>
    );
  },
  ["brand"],
);

const PlacesSection = section(
  function PlacesSection({ value, set }: PartProps) {
    return (
      <Layout.AnnotatedSection title="Places" description="Where Postlude may show something.">
        <Card>
          <BlockStack gap="400">
            <SurfaceFields value={value.surfaces} onChange={(surfaces) => set({ surfaces })} />
            <InlineStack>
              <Button url="/app/places">Floors, numbers and words</Button>
            </InlineStack>
          </BlockStack>
        </Card>
      </Layout.AnnotatedSection>
    );
  },
  ["surfaces"],
);

const LanguagesSection = section(
  function LanguagesSection({ value, problems, set }: PartProps) {
    return (
      <Layout.AnnotatedSection
        title="Languages"
        description="Shoppers get their own language where you have switched it on, otherwise the first of these."
      >
        <Card>
          <LanguageFields
            names={LANGUAGE_NAMES}
            value={value.locales}
            problem={problems.locales}
            onChange={(locales) => set({ locales })}
          />
        </Card>
      </Layout.AnnotatedSection>
    );
  },
  ["locales"],
);

const RestraintSection = section(
  function RestraintSection({ value, set }: PartProps) {
    return (
      <Layout.AnnotatedSection
        title="Restraint"
        description="An offer nobody wants costs trust. Here you decide when Postlude shows nothing."
      >
        <Card>
          <BlockStack gap="500">
            <Text as="p">
              How well an offer has to fit, and how many are shown at once, is set under{" "}
              <Link url="/app/offers/floor">Relevance floor</Link>, where you see what it would change.
            </Text>
            <Share
              label="Holdout"
              help="This share of shoppers sees no offers, so that you can tell what offers really add."
              value={value.holdoutPercent / 100}
              max={0.5}
              step={0.01}
              onChange={(share) => set({ holdoutPercent: Math.round(share * 100) })}
            />
          </BlockStack>
        </Card>
      </Layout.AnnotatedSection>
    );
  },
  ["holdoutPercent"],
);

type ShareProps = {
  label: string;
  help: string;
  value: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
};

function Share({ label, help, value, max, step, onChange }: ShareProps) {
  return (
    <RangeSlider
      label={label}
      helpText={help}
      min={0}
      max={max * 100}
      step={step * 100}
      value={Math.round(value * 1000) / 10}
      onChange={(percent) => onChange(Number(percent) / 100)}
      suffix={<Text as="span">{`${(value * 100).toFixed(step < 0.01 ? 1 : 0)}%`}</Text>}
      output
    />
  );
}
