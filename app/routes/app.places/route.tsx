import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { hasCheckoutBlocks } from "#app/shops/abilities";
import { CareSchema } from "#app/shops/care";
import { SurfaceRulesSchema, SurfacesSchema } from "#app/shops/settings";
import { changeSettings, settingsOf } from "#app/shops/shops.server";
import { useDraft } from "#app/ui/draft";
import { Box, Layout, Page } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { CareFields } from "./care-fields";
import { PlaceFields } from "./place-fields";

const PlacesForm = z.object({ surfaces: SurfacesSchema, surfaceRules: SurfaceRulesSchema, care: CareSchema });

export const meta = () => [{ title: "Places and words · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const settings = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
  const { surfaces, surfaceRules, care, offerFloor, locales } = settings;
  return {
    form: { surfaces, surfaceRules, care },
    offerFloor,
    locales,
    hasCheckoutBlocks: hasCheckoutBlocks(shop),
    planName: shop.planName,
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, PlacesForm);
  if (!form.ok) return { problems: form.problems };
  const { care: careTexts, ...places } = form.value;
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { ...places, careTexts }));
  return { problems: {}, saved: "Places and words saved" };
}

export default function PlacesPage() {
  const { form, offerFloor, locales, ...plan } = useLoaderData<typeof loader>();
  const { value, dirty, set, reset } = useDraft(form);
  const { save, saving, problems } = useSave<typeof form>();

  return (
    <Page title="Places and words" backAction={{ content: "Settings", url: "/app/settings" }}>
      <UnsavedChanges
        id="places"
        dirty={dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={reset}
      />
      <Layout>
        <Layout.AnnotatedSection
          title="Places"
          description="Where offers may appear, how many at once, and how good they must be there."
        >
          <PlaceFields value={value} set={set} offerFloor={offerFloor} {...plan} />
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection
          title="When there is no offer"
          description="Where no offer is worth a shopper's attention, the block can say something kind or helpful instead. It never stands beside an offer, and shoppers who see no offers for comparison don't see it either."
        >
          <CareFields
            value={value.care}
            locales={locales}
            problems={problems}
            onChange={(care) => set({ care })}
          />
        </Layout.AnnotatedSection>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
