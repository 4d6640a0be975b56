import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { AdvertiserFormSchema } from "#app/sponsored/advertiser";
import {
  addAdvertiser,
  listAdvertisers,
  makeSecret,
  moveAdvertiser,
} from "#app/sponsored/advertisers.server";
import { balances } from "#app/sponsored/ledger.server";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { AdvertiserTable } from "./advertiser-table";
import { NewAdvertiser } from "./new-advertiser";

export const meta = () => [{ title: "Advertisers · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const owed = await balances(tx, shop.id);
    const rows = (await listAdvertisers(tx, shop.id)).map((advertiser) => ({
      ...advertiser,
      owedMinor: owed.get(advertiser.id) ?? 0,
      postbackUrl: `${env().SHOPIFY_APP_URL.replace(/\/$/, "")}/postback/${shop.id}.${advertiser.id}`,
    }));
    return { rows, currency: shop.currency, locale };
  });
}

const Body = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add"), form: AdvertiserFormSchema }),
  z.object({ intent: z.literal("make-secret"), id: z.uuid() }),
  z.object({ intent: z.enum(["approve", "reject", "block", "reconsider"]), id: z.uuid() }),
]);

const DONE = {
  approve: "Advertiser approved",
  reject: "Advertiser rejected",
  block: "Advertiser blocked, nothing of it is shown any more",
  reconsider: "Advertiser waits for your approval",
};

const REFUSED = {
  "not-possible": "The advertiser was changed meanwhile.",
  "partner-gone": "This partnership has ended. Invite the partner again on the Partner exchange page.",
};

/** `secret` is told once, to be handed to the advertiser. */
export type AdvertiserResult = SaveResult & { secret?: { id: string; value: string } };

export async function action({ request }: ActionFunctionArgs): Promise<AdvertiserResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: withoutPrefix(body.problems) };
  const input = body.value;
  const now = new Date();
  if (input.intent === "add") {
    await inShop(shop.id, (tx) => addAdvertiser(tx, shop.id, input.form, now));
    return { problems: {}, saved: "Advertiser added; approve it when you are ready" };
  }
  if (input.intent === "make-secret") {
    const keys = { secret: env().ENCRYPTION_KEY };
    const value = await inShop(shop.id, (tx) => makeSecret(tx, shop.id, input.id, keys, now));
    return value === null
      ? { problems: { "": "This advertiser is no longer there." } }
      : { problems: {}, saved: "Secret made", secret: { id: input.id, value } };
  }
  const { status } = await inShop(shop.id, (tx) => moveAdvertiser(tx, shop.id, input.id, input.intent, now));
  await shopChanged(shop.id);
  return status === "moved"
    ? { problems: {}, saved: DONE[input.intent] }
    : { problems: { "": REFUSED[status] } };
}

function withoutPrefix(problems: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => [path.replace(/^form\./, ""), text]),
  );
}

export default function AdvertisersPage() {
  const { rows, currency, locale } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Advertisers"
      subtitle="Brands whose offers you may show. Nothing of an advertiser is shown before you approved it."
      backAction={{ content: "Sponsored", url: "/app/sponsored" }}
    >
      <BlockStack gap="400">
        {rows.length > 0 && <AdvertiserTable rows={rows} currency={currency} locale={locale} />}
        <NewAdvertiser isFirst={rows.length === 0} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
