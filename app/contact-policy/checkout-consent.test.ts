import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { closeSmtp, queueMessage } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { contactPolicyJobs } from "#app/worker/contact-policy-jobs.server";
import { messagesJobs } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { drainOnly } from "../../tests/factories/jobs";
import { aMailServer } from "../../tests/factories/messages";
import { anOrder } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { consentOf, recordConsent } from "./contact-policy.server";

const keys = { secret: testPorts().secret };
const NEW = { gid: "gid://shopify/Customer/900", email: "new@buyer.example" };
const ticked = {
  emailAddress: NEW.email,
  marketingState: "SUBSCRIBED",
  marketingOptInLevel: "SINGLE_OPT_IN",
  marketingUpdatedAt: "2026-11-20T10:00:00Z",
};

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

function anOrderOf(shop: Shop, person = NEW) {
  return anOrder(shop, { customer: person, email: person.email, acceptsMarketing: true });
}

/** Runs the waiting jobs against a Shopify that answers with this address. @returns the customers asked for */
async function readConsents(defaultEmailAddress: object | null): Promise<string[]> {
  const asked: string[] = [];
  const query = async (_: string, variables?: Record<string, unknown>) => {
    asked.push(String(variables!.id));
    return { customer: { defaultEmailAddress } } as never;
  };
  await drainOnly(contactPolicyJobs(testPorts({ adminFor: async () => ({ query }) })));
  return asked;
}

function stored(shop: Shop) {
  return inShop(shop.id, async (tx) => ({
    consent: await consentOf(tx, shop.id, { channel: "email", address: NEW.email }, keys),
    proofs: await tx.consentEvent.count(),
  }));
}

test("what a new buyer ticked is read from Shopify and kept with its proof, in that shop only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await anOrderOf(shop);
  expect(await readConsents(ticked)).toEqual([NEW.gid]);
  expect(await stored(shop)).toEqual({
    consent: {
      state: "subscribed",
      optInLevel: "SINGLE_OPT_IN",
      changedAt: new Date("2026-11-20T10:00:00Z"),
    },
    proofs: 1,
  });
  expect(await stored(other)).toEqual({ consent: null, proofs: 0 });
});

test("the order's own field is no consent: what Shopify says about the customer counts", async () => {
  const shop = await aShop();
  await anOrderOf(shop);
  await readConsents({ ...ticked, marketingState: "NOT_SUBSCRIBED", marketingUpdatedAt: null });
  expect((await stored(shop)).consent?.state).toBe("not_subscribed");

  const unknown = await aShop();
  await anOrderOf(unknown);
  await readConsents(null);
  expect((await stored(unknown)).consent).toBeNull();
});

test("Shopify is not asked where we know, nor for a shop that has left", async () => {
  const [shop, left] = [await aShop(), await aShop()];
  await inShop(shop.id, (tx) =>
    recordConsent(
      tx,
      shop.id,
      {
        channel: "email",
        address: NEW.email,
        customerGid: NEW.gid,
        state: "unsubscribed",
        source: "shopify",
        changedAt: new Date("2026-11-01T00:00:00Z"),
        sourceKey: "left",
      },
      keys,
    ),
  );
  await anOrderOf(shop);
  await anOrderOf(left);
  await prisma.shop.update({ where: { id: left.id }, data: { status: "uninstalled" } });
  expect(await readConsents(ticked)).toEqual([]);
  expect((await stored(shop)).consent?.state).toBe("unsubscribed");
});

test("a first mail that is due before asks itself, and goes out where Shopify does not answer", async () => {
  const mailServer = await aMailServer();
  const sendThanks = async (shop: Shop, overrides: Partial<Ports>) => {
    const { gid, customerGid, email, locale } = await anOrderOf(shop);
    const ports = testPorts({ smtpUrl: mailServer.url, ...overrides });
    const mail = { dedupeKey: gid, templateKey: "thank-you" as const, orderGid: gid, customerGid, locale };
    const queued = await inShop(shop.id, (tx) =>
      queueMessage(tx, shop.id, { ...mail, recipient: email }, { ...keys, now: ports.now() }),
    );
    if (queued.status !== "queued") throw new Error(`not queued: ${queued.status}`);
    await messagesJobs(ports)["messages.send"]({ shopId: shop.id, messageId: queued.messageId });
  };
  const [shop, silent] = [await aShop(), await aShop()];
  const query = async () => ({ customer: { defaultEmailAddress: ticked } }) as never;
  await sendThanks(shop, { adminFor: async () => ({ query }) });
  await sendThanks(silent, {});
  expect((await stored(shop)).consent?.state).toBe("subscribed");
  expect((await stored(silent)).consent).toBeNull();
  expect(mailServer.mails).toHaveLength(2);
  closeSmtp();
  await mailServer.stop();
});
