// What App Bridge knows about its surroundings: from the script tag, and from the query of the first page.

export type BridgeConfig = {
  apiKey: string;
  shop: string | undefined;
  host: string | undefined;
  locale: string;
  appOrigins: string[];
  disabledFeatures: string[];
};

export function readConfig(script: HTMLScriptElement): BridgeConfig {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]');
  const apiKey = script.dataset.apiKey ?? meta?.content;
  if (!apiKey) throw new Error("App Bridge: missing required configuration fields: apiKey");
  warnUnlessFirst(script);
  const query = new URLSearchParams(location.search);
  return {
    apiKey,
    shop: remembered(query, "shop"),
    host: remembered(query, "host"),
    locale: remembered(query, "locale") ?? "en-US",
    appOrigins: [],
    disabledFeatures: [],
  };
}

/** Later pages of the app have no query of the admin any more; the first one's values stay for the tab. */
function remembered(query: URLSearchParams, name: string): string | undefined {
  const key = `demo-app-bridge:${name}`;
  const given = query.get(name);
  try {
    if (given) sessionStorage.setItem(key, given);
    return given ?? sessionStorage.getItem(key) ?? undefined;
  } catch {
    return given ?? undefined; // storage is refused in some private windows
  }
}

function warnUnlessFirst(script: HTMLScriptElement): void {
  if (script === document.querySelector("script[src]")) return;
  console.warn("Demo store: App Bridge must be the first script of the page (Built for Shopify).");
}
