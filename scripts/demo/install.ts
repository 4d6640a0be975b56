import { demoConfig } from "../../demo/config.ts";
import type { Environment } from "../processes/run.ts";

/** The app refuses visitors who look like robots, and Node's own agent does. */
const BROWSER =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/**
 * Installs the app in the demo shop: opens it once, as Shopify's admin does when a merchant clicks it. The store signs
 * the address, by its own clock, which may have been advanced. An app that was uninstalled stays so.
 */
export async function installApp(env: Environment): Promise<void> {
  const { origin } = demoConfig({}, env as NodeJS.ProcessEnv);
  const told = await fetch(`${origin}/_/app-src?path=/app`, { signal: AbortSignal.timeout(30_000) });
  if (told.status === 409) return;
  const { src } = (await told.json()) as { src: string };
  const response = await fetch(src, {
    headers: { accept: "text/html", "user-agent": BROWSER },
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  });
  await response.body?.cancel();
  if (response.status >= 400)
    throw new Error(`The app could not be installed: it answered ${response.status}.`);
}
