import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the address answers with success. Throws `failure()` as soon as that returns an error. */
export async function waitForAnswer(
  url: string,
  { timeoutMs, failure }: { timeoutMs: number; failure: () => Error | undefined },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const error = failure();
    if (error) throw error;
    if (await answers(url)) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer within ${timeoutMs / 1000} s.`);
    await sleep(100);
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.status < 500,
    () => false,
  );
}
