import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { ResultGoneError } from "#app/shops/import/import-port";

/**
 * Streams the lines of a bulk operation's result, chunk by chunk, so that memory does not grow with the shop.
 * @throws ResultGoneError where the address no longer works
 */
export async function* openLines(url: string): AsyncGenerator<string[]> {
  const response = await fetch(url);
  if ([403, 404, 410].includes(response.status)) throw new ResultGoneError(`status ${response.status}`);
  if (!response.ok || !response.body) throw new Error(`the import's result answered ${response.status}`);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of Readable.fromWeb(response.body as ReadableStream)) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield lines.filter(Boolean);
  }
  if (rest.trim()) yield [rest];
}
