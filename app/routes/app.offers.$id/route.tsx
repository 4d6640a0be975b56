import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { EMPTY_OFFER, OfferFormSchema } from "#app/offers/offer";
import { createOffer, formOf, moveOffer, offerById, saveOffer } from "#app/offers/offers.server";
import { productTitles } from "#app/offers/titles.server";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { useDraft } from "#app/ui/draft";
import { OfferStatusBadge } from "#app/ui/offer-status";
import { Banner, BlockStack, Box, Layout, Page } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { OfferPreview } from "./offer-preview";
import { ProductFields } from "./product-fields";
import { TermsFields } from "./terms-fields";
import { TextFields } from "./text-fields";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const offer = params.id === "new" ? null : await offerById(tx, shop.id, idOf(params));
    if (!offer && params.id !== "new") throw new Response("No such offer", { status: 404 });
    const form = offer ? formOf(offer, shop.timezone) : EMPTY_OFFER;
    const gids = [...form.excludedGids, ...(form.productGid ? [form.productGid] : [])];
    const { locales } = await settingsOf(tx, shop.id);
    return {
      status: offer?.status ?? null,
      form,
      titles: await productTitles(tx, shop.id, gids),
      locales: locales.length > 0 ? locales : [nearestLocale(shop.primaryLocale)],
      currency: shop.currency,
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.form.name || "New offer"} · Postlude` },
];

const Body = z.object({ intent: z.enum(["save", "publish", "pause"]), form: OfferFormSchema });
type Body = z.infer<typeof Body>;

const DONE = { save: "Offer saved", publish: "Offer is live", pause: "Offer paused" };

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: withoutPrefix(body.problems) } satisfies SaveResult;
  const { intent, form } = body.value;
  const now = new Date();
  if (params.id === "new") {
    const status = intent === "publish" ? "live" : "draft";
    const id = await inShop(shop.id, (tx) => createOffer(tx, shop, form, status, now));
    forgetShopMemory();
    return redirect(`/app/offers/${id}`);
  }
  const id = idOf(params);
  const { status } = await inShop(shop.id, async (tx) => {
    const saved = await saveOffer(tx, shop, id, form, now);
    if (intent !== "save") await moveOffer(tx, shop.id, id, intent, now);
    return saved;
  });
  forgetShopMemory();
  if (status === "unknown") throw new Response("No such offer", { status: 404 });
  return { problems: {}, saved: DONE[intent] } satisfies SaveResult;
}

/** An id that is no UUID belongs to no offer. */
function idOf(params: { id?: string }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such offer", { status: 404 });
  return id.data;
}

function withoutPrefix(problems: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => [path.replace(/^form\./, ""), text]),
  );
}

export default function OfferEditor() {
  const { status, form, titles: savedTitles, locales, currency } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft(form);
  const { save, saving, problems } = useSave<Body>();
  const [titles, setTitles] = useState<Record<string, string>>(savedTitles);
  const [locale, setLocale] = useState<Locale>(locales[0]!);
  const isLive = status === "live";

  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title={form.name || "New offer"}
      titleMetadata={status ? <OfferStatusBadge status={status} /> : undefined}
      primaryAction={{
        content: isLive ? "Pause" : "Publish",
        onAction: () => save({ intent: isLive ? "pause" : "publish", form: value }),
        loading: saving,
        disabled: status === "archived",
      }}
    >
      <UnsavedChanges
        id="offer"
        dirty={dirty}
        saving={saving}
        onSave={() => save({ intent: "save", form: value })}
        onDiscard={reset}
      />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {Object.keys(problems).length > 0 && (
              <Banner tone="critical" title="This cannot be saved yet">
                <p>{Object.values(problems)[0]} The fields to look at are marked below.</p>
              </Banner>
            )}
            <ProductFields
              value={value}
              problems={problems}
              titles={titles}
              onTitles={(more) => setTitles((known) => ({ ...known, ...more }))}
              onChange={set}
            />
            <TermsFields value={value} problems={problems} currency={currency} onChange={set} />
            <TextFields
              value={value}
              problems={problems}
              locales={locales}
              locale={locale}
              onLocale={setLocale}
              onChange={set}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <OfferPreview
            value={value}
            locales={locales}
            locale={locale}
            onLocale={setLocale}
            productTitle={value.productGid ? titles[value.productGid] : undefined}
            currency={currency}
          />
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
