import { lookup as resolveName } from "node:dns/promises";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { ChannelError } from "./channel";

/**
 * POSTs to an address that somebody typed in. The name is resolved once and the connection goes to exactly that
 * address, so that a name cannot point to our own network after it was checked. Redirects are not followed.
 */
export type SafePost = {
  url: string;
  headers: Record<string, string>;
  body: Buffer | string;
  timeoutMs: number;
  /** Lets addresses of the own machine and network through: for tests and the demo store only. */
  allowPrivate: boolean;
};

export type SafeAnswer = { status: number; text: string };

const MOST_READ = 2_000;

/** @throws ChannelError: `permanent` for an address that is not allowed, else what is certain about the call */
export async function postSafely({
  url,
  headers,
  body,
  timeoutMs,
  allowPrivate,
}: SafePost): Promise<SafeAnswer> {
  const problem = problemOfUrl(url, allowPrivate);
  if (problem) throw new ChannelError("permanent", problem);
  const target = new URL(url);
  const address = await addressOf(target.hostname.replace(/^\[|\]$/g, ""), allowPrivate);
  const pinned: LookupFunction = (_name, options, callback) =>
    options.all
      ? callback(null, [{ address, family: isIP(address) }])
      : callback(null, address, isIP(address));
  const options: RequestOptions = {
    method: "POST",
    headers: { ...headers, "content-length": Buffer.byteLength(body) },
    lookup: pinned,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const send = target.protocol === "https:" ? httpsRequest : httpRequest;
    let isConnected = false;
    const call = send(target, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text.length < MOST_READ ? (text += chunk) : undefined));
      response.on("end", () =>
        settle(() => resolve({ status: response.statusCode ?? 0, text: text.slice(0, MOST_READ) })),
      );
      response.on("error", fail);
    });
    const timer = setTimeout(
      () => call.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    call.on("socket", (socket) =>
      socket.once(target.protocol === "https:" ? "secureConnect" : "connect", () => (isConnected = true)),
    );
    call.on("error", fail);
    call.end(body);

    function settle(done: () => void): void {
      clearTimeout(timer);
      done();
    }
    function fail(error: Error): void {
      settle(() => reject(new ChannelError(isConnected ? "ambiguous" : "temporary", error.message)));
    }
  });
}

/** Why this address is not called, in words for whoever typed it; null where nothing speaks against it. */
export function problemOfUrl(text: string, allowPrivate: boolean): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:"))
    return "Use a web address that starts with https://.";
  if (url.username || url.password) return "Leave the user name and password out of the address.";
  if (allowPrivate) return null;
  if (url.protocol !== "https:") return "Use a web address that starts with https://.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (/(^|\.)(localhost|local|internal|lan|home\.arpa)$/i.test(host) || !/[.:]/.test(host) || isPrivate(host))
    return "Use an address that can be reached from the internet.";
  return null;
}

async function addressOf(host: string, allowPrivate: boolean): Promise<string> {
  if (isIP(host)) return host;
  const found = await resolveName(host, { all: true }).catch((error: Error) => {
    throw new ChannelError("temporary", error.message);
  });
  const open = found.find(({ address }) => allowPrivate || !isPrivate(address));
  if (!open) throw new ChannelError("permanent", "This address leads into a private network.");
  return open.address;
}

/** IANA's special-purpose registries (RFC 6890 and its successors): nothing in them is somebody else's server. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  PRIVATE.addSubnet(net, bits, "ipv4");
}
/** The whole of IPv6 that is not global unicast, and the parts of it that carry IPv4 or are for documents. */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet("2000::", 3, "ipv6");
const SPECIAL_V6 = new BlockList();
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  SPECIAL_V6.addSubnet(net, bits, "ipv6");
}

/** @param address an IP address; a name is none and counts as not private */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return PRIVATE.check(address, "ipv4");
  if (family === 6) return !GLOBAL_V6.check(address, "ipv6") || SPECIAL_V6.check(address, "ipv6");
  return false;
}
