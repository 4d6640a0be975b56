import { demoConfig, PRIMARY_SHOP } from "../../demo/config.ts";
import { createTokenIssuer } from "../../demo/oauth/issuer.ts";
import type { Environment } from "../processes/run.ts";

/** The app refuses visitors who look like robots, and Node's own agent does. */
const BROWSER =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Installs the app in the demo shop: opens it once, as Shopify's admin does when a merchant clicks it. */
export async function installApp(env: Environment): Promise<void> {
  const config = demoConfig({}, env as NodeJS.ProcessEnv);
  const clock = { now: () => new Date() } as Parameters<typeof createTokenIssuer>[1];
  const address = createTokenIssuer(config, clock).appSource(PRIMARY_SHOP, "/app");
  const response = await fetch(address, {
    headers: { accept: "text/html", "user-agent": BROWSER },
    redirect: "manual",
    signal: AbortSignal.timeout(30_000),
  });
  await response.body?.cancel();
  if (response.status >= 400)
    throw new Error(`The app could not be installed: it answered ${response.status}.`);
}
