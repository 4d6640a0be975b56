import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { archiveTip, collectionTitles, listTips, restoreTip } from "#app/content/content.server";
import { EXAMPLES } from "#app/content/examples";
import { tipIn } from "#app/content/tip";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { productTitles } from "#app/offers/titles.server";
import { nearestLocale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { ArchiveLink, EmptyArchive } from "#app/ui/archive";
import { Page } from "#app/ui/page";
import { BlockStack, Box } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { useSteps } from "#app/ui/steps";
import { Examples, LibraryIntroduction } from "./examples";
import { TipList } from "./tip-list";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.archived ? "Archived tips" : "Content library"} · Postlude` },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const archived = new URL(request.url).searchParams.get("show") === "archived";
  return inShop(shop.id, async (tx) => {
    const tips = await listTips(tx, shop.id, { archived });
    const { locales } = await settingsOf(tx, shop.id);
    const [language = nearestLocale(shop.primaryLocale)] = locales;
    const gids = tips.filter(({ scope }) => scope === "products").flatMap(({ keys }) => keys.slice(0, 2));
    return {
      archived,
      names: { ...(await collectionTitles(tx, shop.id)), ...(await productTitles(tx, shop.id, gids)) },
      rows: tips.map((tip) => ({
        ...{ id: tip.id, kind: tip.kind, scope: tip.scope, keys: tip.keys },
        title: tipIn(tip, language)?.title ?? "",
        hasVideo: Object.values(tip.texts).some(({ videoUrl }) => videoUrl),
        missing: locales.filter((locale) => !tip.texts[locale]),
      })),
      examples: EXAMPLES.map(({ key, purpose, form }) => ({
        ...{ key, purpose, kind: form.kind },
        title: form.texts.en?.title ?? "",
      })),
    };
  });
}

const Body = z.object({ intent: z.enum(["archive", "restore"]), id: z.uuid() });
export type TipIntent = z.infer<typeof Body>["intent"];

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const { intent, id } = body.value;
  const move = intent === "archive" ? archiveTip : restoreTip;
  const { status } = await inShop(shop.id, (tx) => move(tx, shop.id, id, new Date()));
  if (status !== "moved") return { problems: { "": "This tip is no longer there." } };
  return { problems: {}, saved: intent === "archive" ? "Tip archived" : "Tip is back" };
}

export default function ContentPage() {
  const { rows, names, examples, archived } = useLoaderData<typeof loader>();
  const steps = useSteps<TipIntent>({ archive: "restore" });
  return (
    <Page
      title={archived ? "Archived tips" : "Content library"}
      subtitle={
        archived ? undefined : "Said once about a product; told on the tracking page and in your messages."
      }
      backAction={archived ? { content: "Content library", url: "/app/content" } : undefined}
      primaryAction={archived ? undefined : { content: "New tip", url: "/app/content/new" }}
    >
      <BlockStack gap="400">
        {rows.length > 0 && <TipList rows={rows} names={names} archived={archived} {...steps} />}
        {rows.length === 0 && !archived && <LibraryIntroduction />}
        {rows.length === 0 && archived && (
          <EmptyArchive>
            No archived tips. An archived tip is told nowhere and can be brought back.
          </EmptyArchive>
        )}
        {!archived && <Examples examples={examples} />}
        {!archived && <ArchiveLink url="/app/content?show=archived">Archived tips</ArchiveLink>}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
