import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { scansUrl } from "#app/http/tracking-intake.server";
import { prisma } from "#app/db/pool.server";
import {
  connectSource,
  disconnectSource,
  keepFile,
  newSourceSecret,
  sourcesOf,
} from "#app/parcels/sources.server";
import { FEED_FIELDS } from "#app/parcels/sources/feed-fields";
import { fieldsOf, guessMapping, readFile, readTable, type Mapping } from "#app/parcels/sources/file";
import type { RowProblem } from "#app/parcels/sources/source";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { FileCard } from "./file-card";
import { SourceCards } from "./source-cards";

export const meta: MetaFunction = () => [{ title: "Tracking sources · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const appUrl = env().SHOPIFY_APP_URL.replace(/\/$/, "");
  return inShop(shop.id, async (tx) => ({
    sources: await sourcesOf(tx, shop.id),
    waiting: await tx.waitingScan.count({ where: { shopId: shop.id } }),
    urls: {
      aftership: scansUrl(appUrl, "aftership", shop.id),
      feed: scansUrl(appUrl, "feed", shop.id),
    },
    locale,
    timezone: shop.timezone,
  }));
}

const MOST_TEXT = 2_000_000;
const file = {
  text: z.string().max(MOST_TEXT, "Use a file of at most 2 MB."),
  mapping: z.partialRecord(z.enum(FEED_FIELDS), z.string()),
};
const Body = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("connect-aftership"),
    secret: z.string().trim().min(8, "Paste the secret that AfterShip shows.").max(200),
  }),
  z.object({ intent: z.literal("make-feed-secret") }),
  z.object({ intent: z.literal("disconnect"), key: z.enum(["aftership", "feed"]) }),
  z.object({ intent: z.literal("preview"), text: file.text, mapping: file.mapping.nullable() }),
  z.object({ intent: z.literal("take"), ...file }),
]);

export type Preview = {
  header: string[];
  mapping: Mapping;
  rows: number;
  good: number;
  problems: RowProblem[];
  moreProblems: number;
  sample: { trackingNumber: string; status: string; happenedAt: Date; city: string | null }[];
};
/** `secret` is told once. */
export type SourcesResult = SaveResult & { secret?: string; preview?: Preview; taken?: number };

export async function action({ request }: ActionFunctionArgs): Promise<SourcesResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const input = body.value;
  const keys = { secret: env().ENCRYPTION_KEY };
  const now = new Date();
  switch (input.intent) {
    case "connect-aftership":
      await inShop(shop.id, (tx) => connectSource(tx, shop.id, "aftership", input.secret, keys, now));
      return { problems: {}, saved: "AfterShip connected" };
    case "make-feed-secret": {
      const secret = newSourceSecret();
      await inShop(shop.id, (tx) => connectSource(tx, shop.id, "feed", secret, keys, now));
      return { problems: {}, saved: "Secret made", secret };
    }
    case "disconnect":
      await inShop(shop.id, (tx) => disconnectSource(tx, shop.id, input.key));
      return { problems: {}, saved: "Disconnected" };
    case "preview":
      return previewOf(input.text, input.mapping);
    case "take": {
      const table = readTable(input.text);
      if (typeof table === "string") return { problems: { file: table } };
      const { scans } = readFile(table, input.mapping);
      if (scans.length === 0) return { problems: { file: "No row can be used with these columns." } };
      await keepFile(prisma, shop.domain, fieldsOf(table, input.mapping));
      return { problems: {}, saved: "The file is being taken in", taken: scans.length };
    }
  }
}

const SHOWN = 20;

function previewOf(text: string, chosen: Mapping | null): SourcesResult {
  const table = readTable(text);
  if (typeof table === "string") return { problems: { file: table } };
  const mapping = chosen ?? guessMapping(table.header);
  const { scans, problems } = readFile(table, mapping);
  return {
    problems: {},
    preview: {
      header: table.header,
      mapping,
      rows: table.rows.length,
      good: scans.length,
      problems: problems.slice(0, SHOWN),
      moreProblems: Math.max(0, problems.length - SHOWN),
      sample: scans.slice(0, 5),
    },
  };
}

export default function SourcesPage() {
  const { sources, waiting, urls, locale, timezone } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Tracking sources"
      subtitle="Shopify tells scans of some carriers. Here the others join in: an aggregator, your warehouse, a file."
      backAction={{ content: "Deliveries", url: "/app/deliveries" }}
    >
      <BlockStack gap="400">
        <SourceCards sources={sources} urls={urls} waiting={waiting} locale={locale} timezone={timezone} />
        <FileCard locale={locale} timezone={timezone} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
