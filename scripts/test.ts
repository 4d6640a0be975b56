/**
 * `npm test`: everything, with whatever is missing installed or started first. `npm test -- PATH…` runs a part.
 * The last line is `N passed, N failed`.
 */
import { generateClient } from "./compile/generate-client.ts";
import { ensureChromium } from "./chromium/ensure.ts";
import { runTests } from "./test/run-tests.ts";

await generateClient();
ensureChromium();
const { passed, failed } = await runTests(process.argv.slice(2));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
