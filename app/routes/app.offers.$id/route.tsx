import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useCallback, useDeferredValue, useState } from "react";
import { z } from "zod";
import { customerFacts } from "#app/analytics/customer-facts.server";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm, withoutPrefix } from "#app/http/form.server";
import { EMPTY_OFFER, OfferFormSchema, standingOf, type OfferForm } from "#app/offers/offer";
import { formOf, offerById } from "#app/offers/offers.server";
import { audienceChoices } from "#app/offers/audience-choices.server";
import { productTitles } from "#app/offers/titles.server";
import { hasCheckoutBlocks, mayEditOrders } from "#app/shops/abilities";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { countries } from "#app/ui/countries";
import { useDraft } from "#app/ui/draft";
import { OfferStatusBadge } from "#app/ui/offer-status";
import { BlockStack, Box, Layout, Page } from "#app/ui/polaris";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { AudienceFields } from "./audience-fields";
import { carryOut } from "./carry-out.server";
import { LimitFields } from "./limit-fields";
import { OfferPreview } from "./offer-preview";
import { PlaceFields } from "./place-fields";
import { ProductFields } from "./product-fields";
import { TermsFields } from "./terms-fields";
import { TextFields } from "./text-fields";
import { useProduct } from "./use-product";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const offer = params.id === "new" ? null : await offerById(tx, shop.id, idOf(params));
    if (!offer && params.id !== "new") throw new Response("No such offer", { status: 404 });
    const form = offer ? formOf(offer, shop.timezone) : EMPTY_OFFER;
    const named = [...form.excludedGids, ...form.targeting.productGids, form.productGid ?? ""];
    const { locales, surfaces } = await settingsOf(tx, shop.id);
    const choices = await audienceChoices(tx, shop.id);
    return {
      id: offer?.id ?? null,
      status: offer?.status ?? null,
      standing: offer && standingOf(offer, new Date()),
      seen: offer?.updatedAt.toISOString() ?? null,
      taken: offer && offer.capTotal !== null ? offer.taken : null,
      form,
      titles: await productTitles(tx, shop.id, named.filter(Boolean)),
      choices: {
        ...choices,
        // Named here: browsers know other names for some countries than Node does.
        countries: countries(locale),
        segments: await customerFacts(tx, shop.id, choices.segments, locale),
      },
      off: Object.entries(surfaces).flatMap(([surface, on]) => (on ? [] : [surface])),
      hasCheckoutBlocks: hasCheckoutBlocks(shop),
      mayEditOrders: mayEditOrders(shop),
      locales: locales.length > 0 ? locales : [nearestLocale(shop.primaryLocale)],
      currency: shop.currency,
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.form.name || "New offer"} · Postlude` },
];

/** `seen`: when the offer was last changed as this page knows it; null where that does not matter. */
const Body = z.object({
  intent: z.enum(["save", "publish", "pause"]),
  form: OfferFormSchema,
  seen: z.coerce.date().nullable(),
});
type Body = Omit<z.infer<typeof Body>, "seen"> & { seen: string | null };

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: withoutPrefix(body.problems) } satisfies SaveResult;
  const id = params.id === "new" ? null : idOf(params);
  const now = new Date();
  const result = await inShop(shop.id, (tx) => carryOut(tx, shop, id, body.value, now));
  if ("created" in result) {
    await shopChanged(shop.id);
    return redirect(`/app/offers/${result.created}`);
  }
  if (result.saved) await shopChanged(shop.id);
  return result satisfies SaveResult;
}

/** An id that is no UUID belongs to no offer. */
function idOf(params: { id?: string }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such offer", { status: 404 });
  return id.data;
}

export const shouldRevalidate = keepWhatWasRefused;

export default function OfferEditor() {
  const data = useLoaderData<typeof loader>();
  const { status, form, seen, locales, currency } = data;
  const { value, set, dirty, reset } = useDraft<OfferForm>(form);
  const { save, saving, problems, result } = useSave<Body>();
  const [titles, setTitles] = useState<Record<string, string>>(data.titles);
  const [locale, setLocale] = useState<Locale>(locales[0]!);
  const previewed = useDeferredValue(value);
  const addTitles = useCallback(
    (more: Record<string, string>) => setTitles((known) => ({ ...known, ...more })),
    [],
  );
  const product = useProduct(previewed.selection === "pinned" ? previewed.productGid : null);
  const isLive = status === "live";
  const isArchived = status === "archived";
  const fields = { value, problems, onChange: set };
  const named = { titles, onTitles: addTitles };

  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title={form.name || "New offer"}
      titleMetadata={data.standing ? <OfferStatusBadge standing={data.standing} /> : undefined}
      primaryAction={{
        content: isLive ? "Pause" : "Publish",
        onAction: () => save({ intent: isLive ? "pause" : "publish", form: value, seen }),
        loading: saving,
        disabled: isArchived,
      }}
      secondaryActions={data.id ? [{ content: "Results", url: `/app/offers/${data.id}/results` }] : []}
    >
      <UnsavedChanges
        id="offer"
        dirty={dirty}
        saving={saving}
        onSave={() => save({ intent: "save", form: value, seen })}
        onDiscard={reset}
      />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Refusal
              result={result}
              what="this offer"
              onMine={() => save({ intent: "save", form: value, seen: null })}
            />
            <ProductFields {...fields} {...named} collections={data.choices.collections} />
            <TermsFields {...fields} currency={currency} mayEditOrders={data.mayEditOrders} />
            <TextFields {...fields} locales={locales} locale={locale} onLocale={setLocale} />
            <PlaceFields {...fields} off={data.off} hasCheckoutBlocks={data.hasCheckoutBlocks} />
            <AudienceFields {...fields} {...named} choices={data.choices} currency={currency} />
            <LimitFields {...fields} taken={data.taken} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <div style={{ position: "sticky", top: 16 }}>
            <OfferPreview
              value={previewed}
              locales={locales}
              locale={locale}
              onLocale={setLocale}
              product={product}
              currency={currency}
              mayEditOrders={data.mayEditOrders}
            />
          </div>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
