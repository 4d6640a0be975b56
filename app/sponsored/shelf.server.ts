import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { objectionTo } from "./block-rules";
import { isRunning, readCampaign, type Campaign } from "./campaign";
import { isOnPace } from "./pacing";
import { DEFAULT_TERMS } from "./terms";

/**
 * What the hot path keeps in memory of sponsored campaigns: only those that could be shown now. Approval, blocklists,
 * reserve, schedule and pacing are judged when the shelf is read; a few seconds later that still holds closely enough,
 * and what is charged is checked again in the database.
 */
export type SponsoredShelf = { sharePercent: number; campaigns: ShelvedCampaign[] };
export type ShelvedCampaign = Campaign & { advertiserName: string };

type Row = Parameters<typeof readCampaign>[0] & {
  advertiserName: string;
  domain: string;
  timezone: string;
  shopCurrency: string;
  sharePercent: number | null;
  reserveMinor: number | null;
  reserveSaleMinor: number | null;
  blockedCategories: string[] | null;
  blockedDomains: string[] | null;
};

/** More campaigns than that at once help nobody: each needs impressions to be learnt. */
const MOST = 100;
/** Campaigns that are looked at: most of a long list may be over their budget of the day, or blocked. */
const MOST_READ = 2_000;

/** @param client in a transaction bound to the shop */
export async function loadSponsoredShelf(
  client: PoolClient,
  shopId: ShopId,
  now: Date,
): Promise<SponsoredShelf> {
  const { rows } = await client.query<Row>(
    `SELECT c.*, a.name AS "advertiserName", a.domain, shop.timezone, shop.currency AS "shopCurrency",
       s."sharePercent", s."reserveMinor", s."reserveSaleMinor", s."blockedCategories", s."blockedDomains"
     FROM "SponsoredCampaign" c
     JOIN "Advertiser" a ON a."shopId" = c."shopId" AND a.id = c."advertiserId" AND a.status = 'approved'
     JOIN "Shop" shop ON shop.id = c."shopId"
     LEFT JOIN "SponsoredSettings" s ON s."shopId" = c."shopId"
     WHERE c."shopId" = $1 AND c.status = 'live' AND (c."endsAt" IS NULL OR c."endsAt" > $2)
       AND (a.source <> 'partner' OR EXISTS (
         SELECT FROM "PartnerLink" l
         JOIN "Shop" partner ON partner.id = l."partnerShopId" AND partner.status = 'installed'
         WHERE l."shopId" = a."shopId" AND l.id::text = a."sourceKey" AND l.state = 'active'))
     ORDER BY c."bidMinor" DESC, c.id LIMIT ${MOST_READ}`,
    [shopId, now],
  );
  return {
    sharePercent: rows[0]?.sharePercent ?? DEFAULT_TERMS.sharePercent,
    campaigns: rows
      .filter((row) => mayBeShown(row, now))
      .slice(0, MOST)
      .map((row) => ({ ...readCampaign(row), advertiserName: row.advertiserName })),
  };
}

function mayBeShown(row: Row, now: Date): boolean {
  const campaign = readCampaign(row);
  const terms = { ...DEFAULT_TERMS, ...withoutNulls(row) };
  return (
    isRunning(campaign, now) &&
    campaign.currency === row.shopCurrency &&
    objectionTo(campaign, row.domain, terms) === null &&
    isOnPace(campaign, row.timezone, now)
  );
}

function withoutNulls({ reserveMinor, reserveSaleMinor, blockedCategories, blockedDomains }: Row) {
  return {
    ...(reserveMinor === null ? {} : { reserveMinor }),
    ...(reserveSaleMinor === null ? {} : { reserveSaleMinor }),
    ...(blockedCategories === null ? {} : { blockedCategories }),
    ...(blockedDomains === null ? {} : { blockedDomains }),
  };
}
