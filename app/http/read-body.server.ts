import type { IncomingMessage } from "node:http";

/**
 * Reads a request body up to `limit` bytes.
 * @returns the bytes, or null where the body is larger (the rest is drained so that the answer can still be sent)
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    });
    request.on("end", () => {
      if (size > limit) return resolve(null);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request.on("error", reject);
  });
}

/** The fields of an HTML form; none where the body is larger than `limit` bytes. */
export async function readFields(request: IncomingMessage, limit: number): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request, limit))?.toString("utf8") ?? "");
}
