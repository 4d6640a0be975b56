import type { ShopId, Tx } from "#app/db/tx";
import type { Filling, LinkRole } from "./compiled";
import type { OwnLinks } from "./order-filling.server";
import { mailToken, type MailToken, type TokenPurpose } from "./tokens";

/** The links of a message: click links in place of destinations, and our own. */
type LinkConfig = { appUrl: string; secret: string };

export type LinkRow = { position: number; url: string; role: LinkRole };

/** Replaces destinations by click links. Destinations stay in the database: a click link can lead nowhere else. */
export function linkCollector(shopId: ShopId, messageId: string, config: LinkConfig) {
  const rows: LinkRow[] = [];
  const made = new Map<string, string>();
  return {
    rows,
    link: (url: string, role: LinkRole): string => {
      if (role === "unsubscribe") return url;
      const known = made.get(`${role}\n${url}`);
      if (known) return known;
      const position = rows.length + 1;
      rows.push({ position, url, role });
      const link = ownLink(config, "mail-click", { shopId, messageId, position });
      made.set(`${role}\n${url}`, link);
      return link;
    },
  } satisfies { rows: LinkRow[]; link: Filling["link"] };
}

export async function storeLinks(tx: Tx, shopId: ShopId, messageId: string, rows: LinkRow[]): Promise<void> {
  await tx.messageLink.deleteMany({ where: { shopId, messageId } });
  await tx.messageLink.createMany({ data: rows.map((row) => ({ shopId, messageId, ...row })) });
}

export function ownLinks(shopId: ShopId, messageId: string, config: LinkConfig): OwnLinks {
  const token = { shopId, messageId, position: 0 };
  return {
    unsubscribe: ownLink(config, "mail-unsubscribe", token),
    preferences: ownLink(config, "mail-preferences", token),
    open: ownLink(config, "mail-open", token),
    confirm: ownLink(config, "mail-confirm", token),
    honeypot: `${config.appUrl}/m/x`,
  };
}

/** Where the links of each kind stand. */
const PATHS: Record<TokenPurpose, string> = {
  "mail-click": "m/c",
  "mail-open": "m/o",
  "mail-unsubscribe": "u",
  "mail-preferences": "p",
  "mail-confirm": "c",
  "message-status": "providers/twilio",
};

export function ownLink({ appUrl, secret }: LinkConfig, purpose: TokenPurpose, token: MailToken): string {
  return `${appUrl}/${PATHS[purpose]}/${mailToken(secret, purpose, token)}`;
}
