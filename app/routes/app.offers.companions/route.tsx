import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { collectionRules, setCollectionRule } from "#app/offers/collection-rules.server";
import {
  affinityState,
  companionsOfProduct,
  findProducts,
  setCompanionRule,
} from "#app/offers/companions.server";
import { collectionsOf } from "#app/orders/collections.server";
import { BlockStack, Box, Card, Page, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { CollectionCard } from "./collection-card";
import { CompanionTable } from "./companion-table";
import { LearntCard } from "./learnt-card";
import { PinCard } from "./pin-card";
import { ProductSearch } from "./product-search";
import { ProductTable } from "./product-table";

export const meta = () => [{ title: "What goes together · Postlude" }];

const gid = z.string().regex(/^gid:\/\/shopify\/Product\/\d+$/, "Choose a product.");
const words = (text: string | null) => (text ?? "").trim().slice(0, 100);

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const [find, add] = [words(params.get("find")), words(params.get("add"))];
  const chosen = gid.safeParse(params.get("product"));
  return inShop(shop.id, async (tx) => ({
    state: await affinityState(tx, shop.id),
    shown: chosen.success ? await companionsOfProduct(tx, shop.id, chosen.data) : null,
    products: chosen.success ? [] : await findProducts(tx, shop.id, find),
    toPin: chosen.success && add ? await findProducts(tx, shop.id, add) : [],
    rules: await collectionRules(tx, shop.id, chosen.data),
    collections: await collectionsOf(tx, shop.id),
    ...{ find, add, locale, timezone: shop.timezone },
  }));
}

const sideGid = z.string().regex(/^gid:\/\/shopify\/(Product|Collection)\/\d+$/, "Choose something.");
const rule = z.enum(["pin", "exclude"]).nullable();
/** A rule of two products, or one in which a collection stands. */
const Body = z.union([
  z.object({ productGid: gid, otherGid: gid, rule }),
  z.object({ gid: sideGid, otherGid: sideGid, rule }),
]);
const DONE = { pin: "Goes together from now on", exclude: "Never together from now on" };
const REFUSED = {
  unknown: "This is no longer in your shop. Load the page again.",
  "too-many": "There are as many rules as there can be. Take one back first.",
};

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems } satisfies SaveResult;
  const { value } = body;
  const { status } = await inShop(shop.id, (tx) =>
    "gid" in value
      ? setCollectionRule(tx, shop.id, value, new Date())
      : setCompanionRule(tx, shop.id, value, new Date()),
  );
  if (status !== "set") return { problems: { "": REFUSED[status] } } satisfies SaveResult;
  await shopChanged(shop.id);
  return {
    problems: {},
    saved: value.rule ? DONE[value.rule] : "Taken back. What was learnt counts again",
  } satisfies SaveResult;
}

export default function CompanionsPage() {
  const { state, shown, products, toPin, rules, collections, ...asked } = useLoaderData<typeof loader>();
  const { find, add, locale, timezone } = asked;
  const [params] = useSearchParams();
  if (params.has("product")) {
    return (
      <Page
        backAction={{ content: "What goes together", url: "/app/offers/companions" }}
        title={shown ? `Goes with ${shown.product.title}` : "This product is gone"}
        subtitle={shown ? ordersOf(shown.product.orders, locale) : undefined}
      >
        {shown && (
          <BlockStack gap="400">
            <CompanionTable key={shown.product.gid} {...shown} locale={locale} />
            <PinCard product={shown.product} companions={shown.companions} found={toPin} words={add} />
            <CollectionCard
              key={shown.product.gid}
              rules={rules}
              collections={collections}
              beside={shown.product}
            />
          </BlockStack>
        )}
        <Box paddingBlockEnd="800" />
      </Page>
    );
  }
  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title="What goes together"
      subtitle="Learnt from what your customers buy together. Choose a product to see and correct it."
    >
      <BlockStack gap="400">
        <LearntCard state={state} locale={locale} timezone={timezone} />
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <ProductSearch key={find} label="Product" name="find" words={find} />
        </Box>
        {products.length > 0 ? (
          <ProductTable products={products} locale={locale} />
        ) : (
          <Card>
            <Text as="p" tone="subdued">
              {find
                ? "No product has these words in its title. Try fewer or other words."
                : "No products yet. They come with the import of your shop."}
            </Text>
          </Card>
        )}
        <CollectionCard rules={rules} collections={collections} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function ordersOf(orders: number, locale: string): string {
  if (orders === 0) return "Not in any order yet.";
  return orders === 1 ? "In one order." : `In ${new Intl.NumberFormat(locale).format(orders)} orders.`;
}
