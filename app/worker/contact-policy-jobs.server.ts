import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { ShopId } from "#app/db/tx";
import {
  buyerWithoutConsent,
  fetchConsent,
  isTold,
  newestConsent,
  recordConsent,
  writeBackConsent,
} from "#app/contact-policy/contact-policy.server";
import { holdForException } from "#app/contact-policy/late-parcels.server";
import { log } from "#app/log.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function contactPolicyJobs(
  ports: Ports,
): Pick<
  JobHandlers,
  "contact-policy.write-back-consent" | "contact-policy.read-consent" | "contact-policy.hold-late"
> {
  return {
    "contact-policy.write-back-consent": async ({ shopId, customerGid, channel }) => {
      const shop = await prisma.shop.findUniqueOrThrow({ where: { id: shopId } });
      if (shop.status !== "installed" || !isTold(channel)) return;
      const consent = await inShop(shopId, (tx) =>
        newestConsent(tx, shopId, { customerGid, channel }, { secret: ports.secret }),
      );
      if (!consent) return;
      const result = await writeBackConsent(
        await ports.adminFor(shop.domain),
        { customerGid, channel },
        consent,
      );
      if (result.status === "refused")
        log.warn({ shopId, problems: result.problems }, "Shopify refused a consent");
    },
    "contact-policy.read-consent": ({ shopId, orderGid }) => readConsent(ports, shopId, orderGid),
    "contact-policy.hold-late": ({ shopId, exceptionId }) =>
      inShop(shopId, (tx) => holdForException(tx, shopId, exceptionId, ports.now())),
  };
}

/**
 * Asks Shopify what the buyer of an order agreed to, where that is not known yet.
 * @throws AdminApiError
 */
export async function readConsent(ports: Ports, shopId: ShopId, orderGid: string): Promise<void> {
  const keys = { secret: ports.secret };
  const shop = await prisma.shop.findUniqueOrThrow({ where: { id: shopId } });
  if (shop.status !== "installed") return;
  const buyer = await inShop(shopId, (tx) => buyerWithoutConsent(tx, shopId, orderGid, keys));
  if (!buyer) return;
  const consent = await fetchConsent(await ports.adminFor(shop.domain), buyer);
  if (consent) await inShop(shopId, (tx) => recordConsent(tx, shopId, consent, keys));
}

export const contactPolicySweeps: Sweep[] = [];
