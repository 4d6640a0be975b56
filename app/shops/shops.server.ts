import type { PoolClient } from "pg";
import type { ShopId, Tx } from "#app/db/tx";
import type { Shop, ShopSettings } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { cancelImports } from "./import/import-runs.server";
import type { Care } from "./care";
import type { OnboardingStep, StepState } from "./onboarding";
import {
  nearestLocale,
  readSettings,
  type Brand,
  type Settings,
  type SurfaceRules,
  type Surfaces,
} from "./settings";

/**
 * Shops: who installed the app, how they want it, and whether it is still theirs. Installing, uninstalling and
 * installing again are one row's life: its number stays, so a shop that returns finds its data until it is redacted.
 */

export { advanceImport } from "./import/advance-import.server";
export { importProgress } from "./import/import-progress.server";
export { advanceImportSoon, startImport } from "./import/import-runs.server";

export type ShopProfile = {
  gid: string;
  name: string;
  email: string;
  country: string;
  currency: string;
  timezone: string;
  planName: string;
  primaryLocale: string;
};

/** The shop's row, or null where the app was never installed. `tx` need not be bound to a shop. */
export async function findShop(tx: Pick<Tx, "shop">, domain: string): Promise<Shop | null> {
  return tx.shop.findUnique({ where: { domain } });
}

/**
 * Notes that the app holds a token for `domain`. Safe to call at every token exchange: only the first call, or the
 * first after an uninstall, counts as an installation.
 * @param tx a transaction that is not yet bound to a shop
 * @returns the shop, and whether this call installed it
 */
export async function recordInstall(
  tx: Tx,
  domain: string,
  scopes: string,
  now: Date,
): Promise<{ shop: Shop; installed: boolean }> {
  const created = await tx.shop.createMany({
    data: [{ domain, scopes, installedAt: now, status: "installed" }],
    skipDuplicates: true,
  });
  const returned =
    created.count === 0 &&
    (
      await tx.shop.updateMany({
        where: { domain, status: "uninstalled" },
        data: { status: "installed", installedAt: now, uninstalledAt: null, redactedAt: null, scopes },
      })
    ).count > 0;
  const shop = await tx.shop.update({ where: { domain }, data: { scopes, authorizedAt: now } });
  return { shop, installed: created.count > 0 || returned };
}

/** Second half of installing, inside the shop's own transaction: settings with defaults, and the fact. */
export async function completeInstall(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.shopSettings.createMany({ data: [{ shopId }], skipDuplicates: true });
  await publish(tx, "shop.installed", { shopId });
}

/** What Shopify says about the shop; kept fresh by shop/update. */
export async function saveProfile(tx: Tx, shopId: ShopId, profile: Partial<ShopProfile>): Promise<void> {
  await tx.shop.update({ where: { id: shopId }, data: profile });
  if (!profile.primaryLocale) return;
  // Until somebody has set the app up, it speaks the shop's own language.
  await settingsOf(tx, shopId);
  await tx.shopSettings.updateMany({
    where: { shopId, onboarding: { equals: {} }, locales: { equals: ["en"] } },
    data: { locales: [nearestLocale(profile.primaryLocale)] },
  });
}

/**
 * The app is gone: no calls, no messages, no sweeps for this shop until it is installed again.
 * @param happenedAt an uninstall from before the newest token exchange is history: the shop has come back since
 */
export async function recordUninstall(tx: Tx, shopId: ShopId, happenedAt: Date, now: Date): Promise<void> {
  const changed = await tx.shop.updateMany({
    where: {
      id: shopId,
      status: "installed",
      installedAt: { lte: happenedAt },
      OR: [{ authorizedAt: null }, { authorizedAt: { lte: happenedAt } }],
    },
    data: { status: "uninstalled", uninstalledAt: now },
  });
  if (changed.count === 0) return;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  await tx.session.deleteMany({ where: { shop: shop.domain } });
  await cancelImports(tx, shopId, now);
  await publish(tx, "shop.uninstalled", { shopId });
}

export async function settingsOf(tx: Tx, shopId: ShopId): Promise<Settings> {
  const row = await tx.shopSettings.findUnique({ where: { shopId } });
  return readSettings(row ?? (await tx.shopSettings.create({ data: { shopId } })));
}

/** `settingsOf` for the hot path. */
export async function loadSettings(client: PoolClient, shopId: ShopId): Promise<Settings> {
  const read = (sql: string) => client.query<ShopSettings>(sql, [shopId]);
  const { rows } = await read(`SELECT * FROM "ShopSettings" WHERE "shopId" = $1`);
  if (rows[0]) return readSettings(rows[0]);
  const made = await read(
    `INSERT INTO "ShopSettings" ("shopId") VALUES ($1)
     ON CONFLICT ("shopId") DO UPDATE SET "shopId" = excluded."shopId" RETURNING *`,
  );
  return readSettings(made.rows[0]!);
}

export type SettingsChange = Partial<{
  brand: Brand;
  surfaces: Surfaces;
  surfaceRules: SurfaceRules;
  careTexts: Care;
  locales: string[];
  guideDismissed: boolean;
  offerFloor: number;
  holdoutPercent: number;
}>;

export async function changeSettings(tx: Tx, shopId: ShopId, change: SettingsChange): Promise<void> {
  await tx.shopSettings.upsert({ where: { shopId }, create: { shopId, ...change }, update: change });
}

export async function markStep(
  tx: Tx,
  shopId: ShopId,
  step: OnboardingStep,
  state: StepState,
): Promise<void> {
  const { onboarding } = await settingsOf(tx, shopId);
  if (state === "skipped" && onboarding[step]) return;
  await tx.shopSettings.update({ where: { shopId }, data: { onboarding: { ...onboarding, [step]: state } } });
}
