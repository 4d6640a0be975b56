// Puts the app's UI extensions on a page: a place for each target, the data they get, and the developer strip.
import path from "node:path";
import { createBundles, type ExtensionBundle } from "../extension-host/bundle.ts";
import { elementTable, type Surface } from "../extension-host/element-table.ts";
import { readExtensions, type Extension } from "../extension-host/extension-files.ts";
import type { PageExtensions } from "../extension-host/host/page.ts";
import { inOrder, readPlacements } from "../extension-host/placements.ts";
import type { Overlay } from "../extension-host/run-settings.ts";
import type { Demo } from "../demo.ts";
import { fileResponse, json, text, type Route } from "../http.ts";
import { gid } from "../store/ids.ts";
import { readBuyer } from "./buyer.ts";
import { html, jsonScript, type HtmlPart } from "./html.ts";

const BUNDLE_FOLDER = path.resolve(import.meta.dirname, "../.cache/extensions");

type ExtensionRequest = {
  targets: string[];
  surface: Surface;
  language: string;
  overlay: Overlay;
  tokenPath: string;
  loginPath: string;
  storageKey: string;
  /** Where extensions change the cart; only in a running checkout. */
  changePath?: string;
};

type Bundles = ReturnType<typeof createBundles>;
const bundlesByApp = new Map<string, Bundles>();

function bundlesOf(demo: Demo): Bundles {
  const { appUrl } = demo.config;
  const bundles = bundlesByApp.get(appUrl) ?? createBundles(BUNDLE_FOLDER, { APP_URL: appUrl });
  bundlesByApp.set(appUrl, bundles);
  return bundles;
}

/** Folder with the extensions; tests show their own. */
export function extensionFolder(demo: Pick<Demo, "config">): string {
  return process.env.DEMO_EXTENSIONS_DIR ?? path.join(demo.config.projectRoot, "extensions");
}

export function extensionSlot(target: string): HtmlPart {
  return html`<div class="extension-slot" data-extension-slot="${target}"></div>`;
}

/** The part of the page that starts the extensions, and the scripts it needs. No app, no extensions. */
export async function extensionsFor(
  demo: Demo,
  request: ExtensionRequest,
): Promise<{ part: HtmlPart; scripts: string[] }> {
  const installed = demo.installations.isInstalled(demo.store.shop().domain);
  const placements = readPlacements();
  const all = installed ? inOrder(readExtensions(extensionFolder(demo)), placements) : [];
  const wanted = all.flatMap((extension) =>
    extension.targets
      .filter(({ target }) => request.targets.includes(target))
      .map(({ target }) => ({ extension, target })),
  );
  if (wanted.length === 0) return { part: null, scripts: [] };
  const extensions = await Promise.all(
    wanted.map(async ({ extension, target }) => ({
      handle: extension.handle,
      target,
      surface: request.surface,
      ...(await built(demo, extension)),
      overlay: {
        ...request.overlay,
        settings: placements.settings[extension.handle] ?? {},
        "extension.apiVersion": extension.apiVersion,
        "extension.capabilities": capabilitiesOf(extension),
      },
      locales: extension.locales,
      defaultLocale: extension.defaultLocale,
      language: request.language,
      currency: demo.store.shop().currency,
      networkAccess: extension.capabilities.network_access === true,
      canChangeCart: request.changePath !== undefined,
    })),
  );
  const { tokenPath, loginPath, storageKey, changePath = null } = request;
  const elements = elementTable()[request.surface];
  const settings: PageExtensions = { elements, extensions, tokenPath, loginPath, storageKey, changePath };
  return {
    part: html`${developerStrip()} ${jsonScript("page-extensions", settings)}`,
    scripts: ["extension-page.js"],
  };
}

/** A bundle that does not build is shown on the page and does not take the page away. */
async function built(demo: Demo, extension: Extension) {
  const script = new URL(`/extensions/${extension.handle}.js`, demo.config.origin).href;
  try {
    const bundle = await bundlesOf(demo).get(extension);
    return {
      script: `${script}?${bundle.sha256.slice(0, 12)}`,
      deflatedBytes: bundle.deflatedBytes,
      problem: null,
    };
  } catch (error) {
    return { script, deflatedBytes: null, problem: `does not build: ${String(error)}` };
  }
}

function capabilitiesOf(extension: Extension): string[] {
  return Object.entries(extension.capabilities)
    .filter(([, value]) => value === true)
    .map(([name]) => name);
}

function developerStrip(): HtmlPart {
  return html`<section id="developer-strip" class="developer-strip" aria-label="For developers">
    <details>
      <summary>Extensions on this page <span data-problem-count role="status"></span></summary>
      <ul data-extensions></ul>
      <ul data-problems class="problems"></ul>
    </details>
  </section>`;
}

export function extensionRoutes(demo: Demo): Route[] {
  return [
    {
      method: "GET",
      pattern: "/extensions/session-token",
      handle: (request) => {
        const { customer } = readBuyer(request, demo.store);
        const shop = demo.store.shop().domain;
        const mayKnow = demo.installations.grantedScopes(shop).some((scope) => scope.endsWith("_customers"));
        const sub = customer && mayKnow ? gid("Customer", customer.id) : undefined;
        return json({ token: demo.tokens.extensionToken(shop, sub) });
      },
    },
    {
      method: "GET",
      pattern: "/extensions/:file",
      handle: ({ params }) => extensionScript(demo, params.file ?? ""),
    },
  ];
}

async function extensionScript(demo: Demo, name: string) {
  const handle = name.replace(/\.js$/, "");
  const extension = readExtensions(extensionFolder(demo)).find((each) => each.handle === handle);
  const bundle: ExtensionBundle | undefined = extension && (await bundlesOf(demo).get(extension));
  return bundle
    ? fileResponse(path.dirname(bundle.file), path.basename(bundle.file))
    : text("Not found", undefined, 404);
}
