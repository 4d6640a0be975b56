import type { ShopId, Tx } from "#app/db/tx";
import { tellPartners } from "./advertisers.server";
import { DEFAULT_TERMS, type SponsoredTerms, type TermsForm } from "./terms";

export async function sponsoredTerms(tx: Tx, shopId: ShopId): Promise<SponsoredTerms> {
  const row = await tx.sponsoredSettings.findUnique({ where: { shopId } });
  if (!row) return DEFAULT_TERMS;
  const { sharePercent, reserveMinor, reserveSaleMinor, blockedCategories, blockedDomains } = row;
  return { sharePercent, reserveMinor, reserveSaleMinor, blockedCategories, blockedDomains };
}

export async function saveTerms(tx: Tx, shopId: ShopId, form: TermsForm, now: Date): Promise<void> {
  const columns = { ...form, blockedDomains: [...new Set(form.blockedDomains)], updatedAt: now };
  await tx.sponsoredSettings.upsert({
    where: { shopId },
    create: { shopId, sharePercent: DEFAULT_TERMS.sharePercent, ...columns },
    update: columns,
  });
  await tellPartners(tx, shopId);
}
