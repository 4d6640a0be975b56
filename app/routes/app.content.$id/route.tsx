import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useDeferredValue, useState } from "react";
import { z } from "zod";
import { collectionTitles, saveTip, tipById } from "#app/content/content.server";
import { EXAMPLES, formFrom } from "#app/content/examples";
import { TipFormSchema, type TipForm } from "#app/content/tip";
import type { ShopId, Tx } from "#app/db/tx";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm, withoutPrefix } from "#app/http/form.server";
import { audienceChoices } from "#app/offers/audience-choices.server";
import { productTitles } from "#app/offers/titles.server";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { useDraft } from "#app/ui/draft";
import { Page } from "#app/ui/page";
import { Badge, BlockStack, Box, Layout } from "#app/ui/polaris";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { STALE, useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { AboutFields } from "./about-fields";
import { TextFields } from "./text-fields";
import { TipPreview } from "./tip-preview";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const example = new URL(request.url).searchParams.get("example");
  return inShop(shop.id, async (tx) => {
    const { productTypes, tags } = await audienceChoices(tx, shop.id);
    const { locales, brand } = await settingsOf(tx, shop.id);
    const tip =
      params.id === "new" ? newTip(example, productTypes) : await storedTip(tx, shop.id, idOf(params));
    const { isArchived = false, updatedAt, ...form } = tip;
    return {
      ...{ form, isArchived, seen: updatedAt?.toISOString() ?? null },
      choices: {
        types: asChoices(productTypes),
        tags: asChoices(tags),
        collections: Object.entries(await collectionTitles(tx, shop.id)).map(([value, label]) => ({
          value,
          label,
        })),
      },
      isNew: params.id === "new",
      titles: await productTitles(tx, shop.id, form.scope === "products" ? form.keys : []),
      locales: locales.length > 0 ? locales : [nearestLocale(shop.primaryLocale)],
      colour: brand.primaryColor,
    };
  });
}

function asChoices(words: string[]) {
  return words.map((word) => ({ value: word, label: word }));
}

type LoadedTip = TipForm & { isArchived?: boolean; updatedAt?: Date };

function newTip(example: string | null, productTypes: string[]): LoadedTip {
  const chosen = EXAMPLES.find(({ key }) => key === example);
  if (chosen) return formFrom(chosen, productTypes);
  return { kind: "care", scope: "products", keys: [], imageUrl: "", texts: {} };
}

async function storedTip(tx: Tx, shopId: ShopId, id: string): Promise<LoadedTip> {
  const tip = await tipById(tx, shopId, id);
  if (!tip) throw new Response("No such tip", { status: 404 });
  const { id: _, ...stored } = tip;
  return stored;
}

/** An id that is no UUID belongs to no tip. */
function idOf(params: { id?: string }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such tip", { status: 404 });
  return id.data;
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.isNew ? "New tip" : "Tip"} · Postlude` },
];

/** `seen`: when the tip was last changed as this page knows it; null: over whatever is stored. */
const Body = z.object({ form: TipFormSchema, seen: z.coerce.date<string>().nullable() });
type Body = z.input<typeof Body>;

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return { problems: withoutPrefix(form.problems) } satisfies SaveResult;
  const id = params.id === "new" ? null : idOf(params);
  const saved = await inShop(shop.id, (tx) =>
    saveTip(tx, shop.id, id, form.value.form, new Date(), form.value.seen ?? undefined),
  );
  if (saved.status === "changed") return STALE;
  if (saved.status === "unknown") throw new Response("No such tip", { status: 404 });
  if (saved.status === "invalid") return { problems: saved.problems } satisfies SaveResult;
  if (!id) return redirect(`/app/content/${saved.id}`);
  return { problems: {}, saved: "Tip saved" } satisfies SaveResult;
}

export const shouldRevalidate = keepWhatWasRefused;

export default function TipEditor() {
  const { form, seen, isNew, isArchived, locales, ...data } = useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<TipForm>(form);
  const { save, saving, problems, result } = useSave<Body>();
  const send = () => save({ form: value, seen });
  const [locale, setLocale] = useState<Locale>(locales[0]!);
  const [titles, setTitles] = useState<Record<string, string>>(data.titles);
  const previewed = useDeferredValue(value);
  return (
    <Page
      backAction={{ content: "Content library", url: "/app/content" }}
      title={isNew ? "New tip" : form.texts[locale]?.title || form.texts.en?.title || "Tip"}
      titleMetadata={isArchived ? <Badge>Archived</Badge> : undefined}
      // An example is worth saving as it is; a change brings up the admin's own save bar.
      primaryAction={isNew ? { content: "Save", onAction: send, loading: saving } : undefined}
    >
      <UnsavedChanges id="tip" dirty={dirty} saving={saving} onSave={send} onDiscard={reset} />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Refusal result={result} what="this tip" onMine={() => save({ form: value, seen: null })} />
            <TextFields
              value={value}
              problems={problems}
              locales={locales}
              locale={locale}
              onLocale={setLocale}
              onChange={set}
            />
            <AboutFields
              value={value}
              problems={problems}
              choices={data.choices}
              titles={titles}
              onTitles={setTitles}
              onChange={set}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <TipPreview tip={previewed} locale={locale} colour={data.colour} />
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
