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
  const told = await ask(`${origin}/_/app-src?path=/app`);
  if (told.status === 409) return;
  const { src } = (await told.json()) as { src: string };
  const response = await ask(src, {
    headers: { accept: "text/html", "user-agent": BROWSER },
    redirect: "manual",
  });
  await response.body?.cancel();
  if (response.status >= 400)
    throw new Error(`The app could not be installed: it answered ${response.status}.`);
}

/** The first page loads most of the app: a busy machine takes long. */
const PATIENCE_MS = 120_000;

async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    const { origin, pathname } = new URL(url);
    throw new Error(`The app could not be installed: ${origin}${pathname} did not answer.`, { cause: error });
  }
}
