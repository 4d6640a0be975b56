/** Replaced by the app's address when Shopify's CLI bundles the extension. */
declare const process: { env: { APP_URL?: string } };

export type SessionToken = { get: () => Promise<string> };

/**
 * One call to the app: `POST <app><path>` with a fresh session token.
 *
 * Never throws and never hangs. Whatever goes wrong (offline, slow, refused, no JSON) the answer is null: a block
 * then shows nothing or offers to try again, and the page of the shop stays whole.
 *
 * @param timeoutMs budget for the token, the request and the body together
 * @param outlivesPage the request goes on where the shopper leaves the page meanwhile: a click that leads away is told
 */
export async function callApp<Answer>(
  sessionToken: SessionToken,
  path: string,
  body: unknown,
  { timeoutMs, outlivesPage = false }: { timeoutMs: number; outlivesPage?: boolean },
): Promise<Answer | null> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      abort.abort();
      resolve(null);
    }, timeoutMs);
  });
  try {
    return await Promise.race([
      post<Answer>(sessionToken, path, body, { signal: abort.signal, keepalive: outlivesPage }),
      timeout,
    ]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function post<Answer>(
  sessionToken: SessionToken,
  path: string,
  body: unknown,
  options: { signal: AbortSignal; keepalive: boolean },
): Promise<Answer | null> {
  // Asked for every time: the host caches it, and a kept one would expire after minutes.
  const token = await sessionToken.get();
  const response = await fetch(`${process.env.APP_URL}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    ...options,
  });
  return response.ok ? ((await response.json()) as Answer) : null;
}
