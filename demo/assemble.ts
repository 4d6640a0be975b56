// Puts the parts of the demo store together, without servers: shops with their past, installations, webhooks,
// mailbox, bulk operations, and the snapshot that lets all of them survive a restart.
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createBulkOperations, type BulkOperations } from "./admin-api/bulk.ts";
import { createOrderEdits } from "./admin-api/order-edits.ts";
import { createCodeImports } from "./admin-api/code-imports.ts";
import type { AdminContext } from "./admin-api/context.ts";
import { createClock } from "./clock.ts";
import { PRIMARY_SHOP, type DemoConfig } from "./config.ts";
import type { Demo } from "./demo.ts";
import { createEventLog } from "./event-log.ts";
import { startMailbox } from "./mail/mailbox.ts";
import { createInstallations, type AccessToken } from "./oauth/installations.ts";
import { createTokenIssuer } from "./oauth/issuer.ts";
import { openShops, seedShops } from "./shops.ts";
import { createSnapshotWriter, readSnapshot, type DemoSnapshot, type HistorySource } from "./snapshot.ts";
import type { RunningStore } from "./store/create-store.ts";
import { createTwilio } from "./twilio/twilio.ts";
import { bulkFinishPayload, shopRedactPayload } from "./webhooks/payloads/shop.ts";
import { payloadOf } from "./webhooks/payloads/payload.ts";
import { createWebhookSender } from "./webhooks/sender.ts";

const CODE_IMPORT_MS = 400;
const SAVED_DELIVERIES = 300;

export type DemoParts = {
  demo: Demo;
  bulk: BulkOperations;
  /** What the Admin API may use for a token; undefined for a shop that does not exist. */
  contextFor(shop: string, token: AccessToken): AdminContext | undefined;
  /** Does what is due: orders announced, parcels moved, shops redacted. */
  tick(): void;
  /** Back to the first minute of a fresh demo: the same history, nothing installed, an empty mailbox. */
  reset(): void;
  saveNow(): void;
};

export async function assembleDemo(config: DemoConfig): Promise<DemoParts> {
  const inState = (name: string) => config.stateDir && path.join(config.stateDir, name);
  const clock = createClock(inState("clock.json"));
  const log = createEventLog(clock);
  const source = historySource(config);
  const snapshotFile = inState("store.json");
  const saved = snapshotFile ? readSnapshot(snapshotFile, source) : undefined;
  let anchor = saved?.anchor ?? clock.iso();
  const stores = openShops(config, clock, new Date(anchor));
  const installations = createInstallations(config.app.scopes, clock);
  const webhooks = createWebhookSender(config, clock);
  const codeImports = createCodeImports(CODE_IMPORT_MS);
  const orderEdits = createOrderEdits();
  const bulk = createBulkOperations({
    folder: inState("bulk") ?? mkdtempSync(path.join(os.tmpdir(), "postlude-bulk-")),
    objectsPerSecond: config.bulkObjectsPerSecond,
    onFinish: (operation) =>
      webhooks.send(operation.shop, "bulk_operations/finish", bulkFinishPayload(operation)),
    onChange: () => snapshots.schedule(),
    log: (shop, message) => log.add("admin-api", message, shop),
  });
  const demo: Demo = {
    config,
    clock,
    log,
    store: stores.get(PRIMARY_SHOP)!,
    stores,
    installations,
    tokens: createTokenIssuer(config, clock),
    mailbox: await startMailbox({ port: config.smtpPort, clock, folder: inState("mails") }),
    twilio: createTwilio({ clock, log }),
    webhooks,
    unmodelled: new Map(),
  };
  const snapshots = createSnapshotWriter(snapshotFile, () => ({
    version: 1,
    source,
    anchor,
    stores: Object.fromEntries([...stores].map(([domain, store]) => [domain, store.snapshot()])),
    installations: installations.snapshot(),
    deliveries: webhooks.deliveries().slice(0, SAVED_DELIVERIES).toReversed(),
    bulk: bulk.all(),
  }));

  function contextFor(shop: string, token: AccessToken): AdminContext | undefined {
    const store = stores.get(shop);
    if (!store) return undefined;
    return {
      store,
      config,
      clock,
      token,
      scopes: new Set(token.scopes),
      protectedData: new Set(config.protectedData),
      installations,
      bulk,
      codeImports,
      orderEdits,
      noteUnmodelled(name) {
        demo.unmodelled.set(name, (demo.unmodelled.get(name) ?? 0) + 1);
        log.add("unmodelled", name, shop);
      },
    };
  }

  function tick(): void {
    for (const store of stores.values()) store.tick(clock.now());
    for (const shop of installations.takeDueRedactions()) {
      webhooks.send(shop, "shop/redact", shopRedactPayload(stores.get(shop)!.shop()));
    }
  }

  function reset(): void {
    clock.reset();
    anchor = clock.iso();
    for (const part of [installations, webhooks, bulk, demo.mailbox, demo.twilio, demo.unmodelled])
      part.clear();
    for (const store of stores.values()) store.reset();
    seedShops(stores, config, new Date(anchor));
    log.add("demo", "started afresh");
    snapshots.writeNow();
  }

  if (saved) restore(saved, stores, demo, bulk, contextFor);
  logEverything(demo);
  installations.onChange(snapshots.schedule);
  webhooks.onAttempt(snapshots.schedule);
  for (const [domain, store] of stores) announceChanges(demo, domain, store, snapshots.schedule);
  return { demo, bulk, contextFor, tick, reset, saveNow: snapshots.writeNow };
}

function restore(
  saved: DemoSnapshot,
  stores: Map<string, RunningStore>,
  demo: Demo,
  bulk: BulkOperations,
  contextFor: DemoParts["contextFor"],
): void {
  for (const [domain, snapshot] of Object.entries(saved.stores)) stores.get(domain)?.restore(snapshot);
  demo.installations.restore(saved.installations);
  demo.webhooks.restore(saved.deliveries);
  bulk.restore(saved.bulk, ({ shop, scopes }) =>
    contextFor(shop, {
      token: "of the interrupted operation",
      shop,
      kind: "offline",
      scopes,
      expiresAt: null,
    }),
  );
}

function logEverything({ log, webhooks, mailbox }: Demo): void {
  webhooks.onAttempt((delivery, attempt) => {
    const outcome = `${attempt.status ?? attempt.error} (${attempt.ms} ms)`;
    log.add("webhook", `${delivery.topic} → ${outcome}`, delivery.shop);
  });
  mailbox.subscribe((mail) => log.add("mail", `${mail.to.join(", ")}: ${mail.subject}`));
}

/** Every change of a shop with the app installed becomes webhooks; every change is saved. */
function announceChanges(demo: Demo, domain: string, store: RunningStore, save: () => void): void {
  store.onSave(save);
  store.subscribe((change) => {
    save();
    demo.log.add("store", change.topic, domain);
    if (!demo.installations.isInstalled(domain)) return;
    demo.webhooks.send(domain, change.topic, payloadOf(change, store, demo.config.origin));
  });
}

function historySource(config: DemoConfig): HistorySource {
  return config.historyDir
    ? { kind: "files", folder: path.resolve(config.historyDir) }
    : { kind: "generated", orders: config.generatedOrders };
}
