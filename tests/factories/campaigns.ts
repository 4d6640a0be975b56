import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { TemplateKey } from "#app/messages/default-templates";
import { createTemplate } from "#app/messages/messages.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { NOW } from "./outbox";
import { testPorts } from "./ports";
import { aShop } from "./shop";

export const buyerGid = (n: number) => `gid://shopify/Customer/${1000 + n}`;
export const buyerAddress = (n: number) => `buyer-${n}@buyer.example`;

/** A shop with customers, of whom the first `agreed` agreed to marketing. */
export async function aShopWithBuyers(count: number, { agreed = count } = {}): Promise<Shop> {
  const shop = await aShop();
  const keys = { secret: testPorts().secret };
  await inShop(shop.id, async (tx) => {
    const row = { shopId: shop.id, createdAt: new Date("2026-01-01T00:00:00Z"), firstName: "Ada" };
    await tx.customer.createMany({
      data: Array.from({ length: count }, (_, n) => ({
        ...row,
        gid: buyerGid(n),
        email: buyerAddress(n),
        country: "DE",
      })),
    });
    for (let n = 0; n < agreed; n++) {
      const whose = { channel: "email", address: buyerAddress(n), customerGid: buyerGid(n) } as const;
      const told = { state: "subscribed", source: "shopify", changedAt: NOW, sourceKey: `a-${n}` } as const;
      await recordConsent(tx, shop.id, { ...whose, ...told }, keys);
    }
  });
  return shop;
}

export async function aMarketingTemplate(shop: Shop): Promise<TemplateKey> {
  const wanted = { name: "News", purpose: "marketing", from: null } as const;
  const made = await inShop(shop.id, (tx) =>
    createTemplate(tx, shop.id, wanted, { author: "Ada", now: NOW }),
  );
  if (made.status !== "created") throw new Error(JSON.stringify(made));
  return made.key;
}

/** Runs the worker's sweep of that name until there is nothing left to do. */
export async function sweepMessages(
  name: "plan-campaigns" | "send-campaigns",
  ports: Partial<Ports> = {},
): Promise<void> {
  const sweep = messagesSweeps.find((one) => one.name === `messages.${name}`)!;
  while ((await sweep.run(testPorts(ports))) > 0);
}
