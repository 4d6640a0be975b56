/** `npm run demo`: the whole product against a stand-in for Shopify. */
import { runDemo } from "./demo/run.ts";

await runDemo("built", process.argv.slice(2));
