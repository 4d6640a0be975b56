import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { useState, type ReactNode } from "react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { standingUnder } from "#app/sponsored/block-rules";
import { CampaignFormSchema, emptyCampaign, type CampaignForm } from "#app/sponsored/campaign";
import { listAdvertisers } from "#app/sponsored/advertisers.server";
import { partnerById } from "#app/sponsored/partner-links.server";
import { shareOffer } from "#app/sponsored/partner-offers.server";
import {
  campaignById,
  createCampaign,
  formOf,
  moveCampaign,
  saveCampaign,
} from "#app/sponsored/sponsored.server";
import { sponsoredTerms } from "#app/sponsored/terms.server";
import type { Locale } from "#app/shops/settings";
import { useDraft } from "#app/ui/draft";
import { Banner, BlockStack, Box, Layout, Page } from "#app/ui/polaris";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { STALE, useSave, type SaveResult } from "#app/ui/save";
import { REFUSED_STEPS } from "#app/ui/sponsored-words";
import { UnsavedChanges } from "#app/ui/save-bar";
import { section } from "#app/ui/section";
import { SponsoredStatusBadge } from "#app/ui/sponsored-status";
import { AudienceFields } from "./audience-fields";
import { BasicsFields } from "./basics-fields";
import { showingStep } from "./form";
import { PriceFields } from "./price-fields";
import { SponsoredPreview } from "./sponsored-preview";
import { WordsFields } from "./words-fields";

/** `new?advertiser=<id>` a campaign shown here, `new?partner=<id>` an own offer shown at a partner's, `<id>` one there is. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const asked = new URL(request.url).searchParams;
  return inShop(shop.id, async (tx) => {
    if (params.id !== "new") {
      const campaign = await campaignById(tx, shop.id, idOf(params.id));
      if (!campaign) throw new Response("No such campaign", { status: 404 });
      const { id, name, domain, source } = campaign.advertiser;
      const form = formOf(campaign, shop.timezone);
      return {
        status: campaign.status,
        seen: campaign.updatedAt.toISOString(),
        ...standingUnder(campaign, await sponsoredTerms(tx, shop.id), new Date()),
        form,
        advertisers: [{ id, name, domain }],
        source,
        partner: null,
        chosen: id,
      };
    }
    const form = emptyCampaign(shop.currency);
    const linkId = asked.get("partner");
    const partner = linkId ? await partnerById(tx, shop.id, idOf(linkId)) : null;
    if (partner) {
      const self = { id: shop.id.toString(), name: shop.name, domain: shop.domain };
      const { id, partnerName, partnerDomain } = partner;
      return {
        ...{
          status: null,
          seen: null,
          standing: null,
          why: null,
          source: "partner",
          chosen: self.id,
          advertisers: [self],
        },
        form: { ...form, disclosure: "partner" as const },
        partner: { id, name: partnerName || partnerDomain },
      };
    }
    const advertisers = (await listAdvertisers(tx, shop.id)).filter(
      ({ source, status }) => source !== "partner" && (status === "approved" || status === "waiting"),
    );
    if (advertisers.length === 0) throw redirect("/app/sponsored/advertisers");
    const chosen = advertisers.find(({ id }) => id === asked.get("advertiser")) ?? advertisers[0]!;
    return {
      status: null,
      seen: null,
      standing: null,
      why: null,
      form,
      advertisers,
      source: chosen.source,
      partner: null,
      chosen: chosen.id,
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.form.name || "New campaign"} · Postlude` },
];

const Body = z.object({
  intent: z.enum(["save", "approve", "pause"]),
  advertiserId: z.string(),
  partnerId: z.uuid().nullable(),
  form: CampaignFormSchema,
  /** When the campaign was last changed as this page knows it; null where that does not matter. */
  seen: z.coerce.date().nullable(),
});
type Body = Omit<z.infer<typeof Body>, "seen"> & { seen: string | null };

const THEIRS = "This is a partner's offer: only the partner can change it.";
const DONE = { save: "Campaign saved", approve: "Campaign approved, it is live", pause: "Campaign paused" };

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: withoutPrefix(body.problems) } satisfies SaveResult;
  const { intent, advertiserId, partnerId, form, seen } = body.value;
  const now = new Date();
  if (params.id === "new" && partnerId) {
    const shared = await inShop(shop.id, (tx) => shareOffer(tx, shop, partnerId, form, now));
    if (shared.status === "shared") return redirect("/app/sponsored/partners");
    const problems = shared.status === "invalid" ? shared.problems : { "": "This partnership has ended." };
    return { problems } satisfies SaveResult;
  }
  const saved = await inShop(shop.id, (tx) =>
    params.id === "new"
      ? createCampaign(tx, shop, { advertiserId: idOf(advertiserId), form }, now)
      : saveCampaign(tx, shop, idOf(params.id), form, now, { seen: seen ?? undefined }),
  );
  if (saved.status === "unknown") throw new Response("No such campaign", { status: 404 });
  // Approving and pausing a partner's offer is the merchant's, its terms are not.
  if (saved.status === "theirs" && intent === "save")
    return { problems: { "": THEIRS } } satisfies SaveResult;
  if (saved.status === "changed") return STALE;
  if (saved.status === "invalid") return { problems: saved.problems } satisfies SaveResult;
  const refused = intent === "save" ? null : await move(shop.id, saved.id, intent, now);
  await shopChanged(shop.id);
  if (params.id === "new") return redirect(`/app/sponsored/campaigns/${saved.id}`);
  if (refused) return { problems: { "": refused }, isSaved: true } satisfies Refused;
  return { problems: {}, saved: DONE[intent] } satisfies SaveResult;
}

/** A step was refused, but the form before it was saved. */
type Refused = SaveResult & { isSaved: true };

/** @returns why not, or null */
async function move(
  shopId: number,
  id: string,
  intent: "approve" | "pause",
  now: Date,
): Promise<string | null> {
  const { status } = await inShop(shopId, async (tx) => {
    const moved = await moveCampaign(tx, shopId, id, intent, now);
    // What was paused is approved already; the same button brings it back.
    return intent === "approve" && moved.status === "not-possible"
      ? moveCampaign(tx, shopId, id, "resume", now)
      : moved;
  });
  return status === "moved" ? null : REFUSED_STEPS[status];
}

/** An id that is no UUID belongs to nothing of ours. */
function idOf(text: string | undefined): string {
  const id = z.uuid().safeParse(text);
  if (!id.success) throw new Response("No such campaign", { status: 404 });
  return id.data;
}

function withoutPrefix(problems: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => [path.replace(/^form\./, ""), text]),
  );
}

const Basics = section(BasicsFields, ["name", "targetUrl", "imageUrl", "category", "disclosure"]);
const Words = section(WordsFields, ["texts"]);
const Audience = section(AudienceFields, ["audience", "countries"]);
const Price = section(PriceFields, [
  "model",
  "bidMinor",
  "budgetMinor",
  "dailyBudgetMinor",
  "startsOn",
  "endsOn",
]);

/** The browser itself keeps disabled fields from being changed, whichever component draws them. */
function Fields({ isReadOnly, children }: { isReadOnly: boolean; children: ReactNode }) {
  return (
    <fieldset disabled={isReadOnly} style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      {children}
    </fieldset>
  );
}

/** What was saved is the newest from then on, also where the step after it was refused. */
export const shouldRevalidate: ShouldRevalidateFunction = (change) =>
  (change.actionResult as Partial<Refused> | undefined)?.isSaved
    ? change.defaultShouldRevalidate
    : keepWhatWasRefused(change);

export default function CampaignEditor() {
  const { status, seen, standing, why, form, advertisers, source, partner, chosen } =
    useLoaderData<typeof loader>();
  const { value, set, dirty, reset } = useDraft<CampaignForm>(form);
  const { save, saving, problems, result } = useSave<Body>();
  const [advertiserId, setAdvertiserId] = useState(chosen);
  const [locale, setLocale] = useState<Locale>("en");
  const advertiser = advertisers.find(({ id }) => id === advertiserId) ?? advertisers[0]!;
  const submit = (intent: Body["intent"], over: { seen: string | null } = { seen }) =>
    save({ intent, advertiserId, partnerId: partner?.id ?? null, form: value, ...over });
  const isTheirs = status !== null && source === "partner";

  return (
    <Page
      backAction={
        partner
          ? { content: "Partner exchange", url: "/app/sponsored/partners" }
          : { content: "Sponsored", url: "/app/sponsored" }
      }
      title={form.name || (partner ? `New offer for ${partner.name}` : "New campaign")}
      titleMetadata={standing ? <SponsoredStatusBadge status={standing} /> : undefined}
      primaryAction={{
        content: partner ? "Share with partner" : showingStep(status),
        onAction: () => submit(partner ? "save" : status === "live" ? "pause" : "approve"),
        loading: saving,
        disabled: status === "archived",
      }}
    >
      {!isTheirs && (
        <UnsavedChanges
          id="campaign"
          dirty={dirty}
          saving={saving}
          onSave={() => submit("save")}
          onDiscard={reset}
        />
      )}
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Refusal result={result} what="this campaign" onMine={() => submit("save", { seen: null })} />
            {why && (
              <Banner tone="warning" title="This campaign is not shown">
                <p>{why}</p>
              </Banner>
            )}
            {isTheirs && (
              <Banner tone="info" title="A partner's offer">
                <p>
                  Only the partner can change it; what shoppers would see then waits for your approval again.
                  You decide whether it is shown.
                </p>
              </Banner>
            )}
            <Fields isReadOnly={isTheirs}>
              <BlockStack gap="400">
                <Basics
                  value={value}
                  problems={problems}
                  onChange={set}
                  advertisers={status === null && !partner ? advertisers : null}
                  advertiserId={advertiserId}
                  onAdvertiser={setAdvertiserId}
                  domain={advertiser.domain}
                  isShared={partner !== null || isTheirs}
                />
                <Words
                  value={value}
                  problems={problems}
                  onChange={set}
                  locale={locale}
                  onLocale={setLocale}
                />
                <Price value={value} problems={problems} onChange={set} />
                <Audience value={value} problems={problems} onChange={set} />
              </BlockStack>
            </Fields>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <SponsoredPreview value={value} advertiser={advertiser.name} locale={locale} onLocale={setLocale} />
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
