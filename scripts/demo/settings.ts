import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "smol-toml";
import { PROJECT, type Environment } from "../processes/run.ts";

/** What differs between two runs of the demo: people, tests and the scripted journey may each have their own. */
export type DemoSettings = {
  /** Also the name of its folder under .demo/ and of its database. */
  name: string;
  /** "built" runs build/; "source" runs app/ through Vite and reloads it. */
  mode: "built" | "source";
  ports: DemoPorts;
  /** Folder with Shopify order-export CSV files; without it the demo store makes up a history. */
  historyDir?: string;
  /** A database made by the caller; without it the demo has its own in the embedded server. */
  databaseUrl?: string;
};

export type DemoPorts = { store: number; proxy: number; app: number; smtp: number };

/** The variable that moves each port, and what to call the port when it is taken. */
export const PORT_NAMES = {
  store: { variable: "DEMO_PORT", title: "the demo store" },
  proxy: { variable: "DEMO_PROXY_PORT", title: "the app's public address" },
  app: { variable: "DEMO_APP_PORT", title: "the app" },
  smtp: { variable: "DEMO_SMTP_PORT", title: "the mailbox" },
} as const satisfies Record<keyof DemoPorts, { variable: string; title: string }>;

/** The ports of the everyday demo. */
export function usualPorts(env: Environment = process.env): DemoPorts {
  return {
    store: Number(env.DEMO_PORT ?? 4700),
    proxy: Number(env.DEMO_PROXY_PORT ?? 4710),
    app: Number(env.DEMO_APP_PORT ?? 4711),
    smtp: Number(env.DEMO_SMTP_PORT ?? 4725),
  };
}

/** Four neighbours, so that the scripted journey runs beside an open demo. */
export function portsFrom(first: number): DemoPorts {
  return { store: first, proxy: first + 1, app: first + 2, smtp: first + 3 };
}

export function stateDirectory(settings: DemoSettings): string {
  return resolve(PROJECT, ".demo", settings.name);
}

export function databaseName(settings: DemoSettings): string {
  return settings.name === "demo" ? "postlude" : `postlude_${settings.name.replace(/\W/g, "_")}`;
}

/** The environment of all processes of a demo: what the app needs, and where the demo store is. */
export function demoEnvironment(settings: DemoSettings, databaseUrl: string): Environment {
  const { ports } = settings;
  const app = readAppToml();
  return {
    NODE_ENV: settings.mode === "built" ? "production" : "development",
    DATABASE_URL: databaseUrl,
    SHOPIFY_APP_URL: `http://localhost:${ports.proxy}`,
    SHOPIFY_API_KEY: app.client_id,
    SHOPIFY_API_SECRET: "devsecret_postlude_demo",
    SCOPES: app.access_scopes.scopes,
    ENCRYPTION_KEY: "the demo's own key, known to everybody",
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: "post@postlude.example",
    // Webhooks of the demo go to this machine.
    ALLOW_PRIVATE_ADDRESSES: "yes",
    TWILIO_URL: `http://localhost:${ports.store}/twilio`,
    SPONSORED_FEED_URL: `http://localhost:${ports.store}/advertiser/feed.json`,
    HOST: "127.0.0.1",
    PORT: String(ports.app),
    // A newcomer waits for one process, and its log is one story.
    WEB_PROCESSES: "1",
    DEMO_PORT: String(ports.store),
    DEMO_PROXY_PORT: String(ports.proxy),
    DEMO_APP_PORT: String(ports.app),
    DEMO_SMTP_PORT: String(ports.smtp),
    DEMO_STATE_DIR: stateDirectory(settings),
    DEMO_HISTORY_DIR: settings.historyDir,
  };
}

function readAppToml() {
  const toml = parse(readFileSync(resolve(PROJECT, "shopify.app.toml"), "utf8"));
  return toml as unknown as { client_id: string; access_scopes: { scopes: string } };
}
