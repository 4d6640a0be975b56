/**
 * The tracking page on a phone with slow 4G (150 ms round trip, 1.6 Mbit/s, processor slowed down four times, as
 * Lighthouse does): largest paint, and everything that the page loads.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resetDemo } from "../scripts/demo/database.ts";
import { startDemo } from "../scripts/demo/demo.ts";
import { freePorts } from "../scripts/demo/ports.ts";
import type { DemoSettings } from "../scripts/demo/settings.ts";
import { openApp } from "../tests/journey/merchant.ts";
import { receive, trackingPath } from "../tests/journey/shopper.ts";
import { openStage, type Stage } from "../tests/journey/stage.ts";
import type { Figure } from "./harness.ts";

const VISITS = 5;
const SLOWDOWN = 4;
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const WEB_VITALS = readFileSync(
  createRequire(import.meta.url)
    .resolve("web-vitals")
    .replace(/web-vitals[^/]*$/, "web-vitals.iife.js"),
  "utf8",
);
const OBSERVE = `${WEB_VITALS};webVitals.onLCP(({ value }) => { window.__lcp = value; }, { reportAllChanges: true });`;

export async function run(): Promise<Figure[]> {
  const settings: DemoSettings = { name: "bench-tracking", mode: "built", ports: await freePorts() };
  await resetDemo(settings);
  const demo = await startDemo(settings);
  try {
    const stage = await openStage(demo.urls.store, "artifacts/tracking");
    await openApp(stage);
    const page = await trackingPageOf(stage);
    const visits: Visit[] = [];
    for (let visit = 0; visit < VISITS; visit++) visits.push(await measure(stage, page));
    await stage.close();
    console.info(JSON.stringify(visits));
    const median = visits.map(({ lcp }) => lcp).sort((a, b) => a - b)[Math.floor(VISITS / 2)]!;
    return [
      {
        key: "tracking_lcp_ms",
        title: "tracking page: largest paint on slow 4G, median",
        unit: "ms",
        value: median,
        atMost: 1000,
      },
      {
        key: "tracking_kb",
        title: "tracking page: all that it loads",
        unit: "kB",
        value: Math.max(...visits.map(({ bytes }) => bytes)) / 1000,
        atMost: 30,
      },
    ];
  } finally {
    await demo.stop();
    await resetDemo(settings);
  }
}

/** Of a parcel that is on its way, with scans and a forecast. */
async function trackingPageOf(stage: Stage): Promise<string> {
  const email = "tracking@example.com";
  const { order } = await stage.post<{ order: { id: number } }>("/_/orders", { email, firstName: "Ada" });
  const { id } = await stage.post<{ id: number }>(`/_/orders/${order.id}/fulfil`);
  await stage.post(`/_/parcels/${id}/next`);
  await stage.post(`/_/parcels/${id}/next`);
  const mail = await receive(stage, email, /on its way/i);
  return stage.storeUrl + (await trackingPath(mail));
}

type Visit = { lcp: number; bytes: number };

async function measure({ shopper }: Stage, url: string): Promise<Visit> {
  const context = await shopper
    .context()
    .browser()!
    .newContext({ viewport: { width: 390, height: 844 } });
  const phone = await context.newPage();
  await phone.addInitScript(OBSERVE);
  const session = await context.newCDPSession(phone);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await phone.goto(url);
  await phone.getByRole("heading", { level: 1 }).waitFor();
  await phone.waitForTimeout(1_000);
  await phone.keyboard.press("Tab");
  const lcp = await phone.evaluate(() => (window as unknown as { __lcp: number }).__lcp);
  await context.close();
  return { lcp, bytes };
}
