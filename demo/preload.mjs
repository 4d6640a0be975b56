// node --import ./demo/preload.mjs … — for the app's processes in the demo. The app's code stays as it is:
// - requests to Shopify's hosts go to the demo store, requests to any other host than this machine are refused;
// - `Date` follows the demo clock. Timers stay on real time.
// It works below `fetch` (undici's dispatcher), because Shopify's library keeps the `fetch` it found at its start.
import { readFileSync } from "node:fs";
import path from "node:path";
import { Agent, setGlobalDispatcher } from "undici";

const STORE_ORIGIN = process.env.DEMO_STORE_URL ?? `http://127.0.0.1:${process.env.DEMO_PORT ?? 4700}`;
const SHOPIFY_HOST = /(^|\.)(myshopify\.com|shopify\.com|shopifycloud\.com|shopifysvc\.com|shopify\.dev)$/;
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

setGlobalDispatcher(
  new Agent().compose((dispatch) => (options, handler) => {
    const { hostname } = new URL(options.origin);
    if (SHOPIFY_HOST.test(hostname)) {
      const headers = withHeader(options.headers, "x-demo-shopify-host", hostname);
      return dispatch({ ...options, origin: STORE_ORIGIN, headers }, handler);
    }
    if (!THIS_MACHINE.test(hostname)) {
      throw new Error(`The demo blocks requests to other hosts than Shopify's: ${options.origin}`);
    }
    return dispatch(options, handler);
  }),
);

/** undici takes headers as a flat list, as pairs, or as an object. */
function withHeader(headers, name, value) {
  if (!headers) return { [name]: value };
  if (Array.isArray(headers) && !Array.isArray(headers[0])) return [...headers, name, value];
  if (typeof headers[Symbol.iterator] === "function") return Object.fromEntries([...headers, [name, value]]);
  return { ...headers, [name]: value };
}

const CLOCK_FILE = path.resolve(process.env.DEMO_STATE_DIR ?? ".demo", "clock.json");
const REREAD_MS = 200;
const RealDate = Date;
let offsetMs = 0;
let readAt = -Infinity;

/** Looked up when somebody asks for the time: no timer of ours keeps a process alive. */
function currentOffset() {
  const now = RealDate.now();
  if (now - readAt > REREAD_MS || now < readAt) {
    readAt = now;
    offsetMs = readOffset();
  }
  return offsetMs;
}

function readOffset() {
  try {
    return JSON.parse(readFileSync(CLOCK_FILE, "utf8")).offsetMs ?? 0;
  } catch {
    return offsetMs; // not written yet
  }
}

const demoNow = () => RealDate.now() + currentOffset();

globalThis.Date = new Proxy(RealDate, {
  construct(target, args, newTarget) {
    const values = args.length === 0 ? [demoNow()] : args;
    return Reflect.construct(target, values, newTarget === globalThis.Date ? target : newTarget);
  },
  apply: (target) => new target(demoNow()).toString(),
  get: (target, key) => (key === "now" ? demoNow : Reflect.get(target, key)),
});
