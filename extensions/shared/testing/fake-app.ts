declare const process: { env: Record<string, string | undefined> };

/** The app as extensions see it in tests: the network is the border, and this stands behind it. */
export type FakeAnswer =
  | { body: unknown }
  | { status: number }
  /** The network is gone: `fetch` rejects. */
  | "offline"
  /** The answer never comes. */
  | "silent";

export type FakeApp = {
  fetch: typeof globalThis.fetch;
  /** The bodies that were posted to `path`, oldest first. */
  posted: <Body>(path: string) => Body[];
  /** Authorization headers of all requests, oldest first. */
  tokens: string[];
  /** From now on `path` answers with these, one after the other; the last one stays. */
  answer: (path: string, ...answers: FakeAnswer[]) => void;
};

export const APP_URL = "https://app.example";

/** Paths without an answer get 404. Outcomes are recorded. */
export function createFakeApp(): FakeApp {
  process.env.APP_URL = APP_URL;
  const answers = new Map<string, FakeAnswer[]>();
  const requests: { path: string; body: unknown }[] = [];
  const tokens: string[] = [];
  answers.set("/api/outcomes", [{ body: { status: "recorded" } }]);

  async function fakeFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const path = String(input).replace(APP_URL, "");
    requests.push({ path, body: JSON.parse(String(init?.body)) });
    tokens.push((init?.headers as Record<string, string>).Authorization ?? "");
    const planned = answers.get(path) ?? [{ status: 404 }];
    const answer = planned.length > 1 ? planned.shift()! : planned[0]!;
    if (answer === "offline") throw new TypeError("Failed to fetch");
    if (answer === "silent") return new Promise(() => {});
    if ("status" in answer) return new Response("{}", { status: answer.status });
    return new Response(JSON.stringify(answer.body), { status: 200 });
  }

  return {
    fetch: fakeFetch as typeof globalThis.fetch,
    tokens,
    posted: <Body>(path: string) =>
      requests.filter((each) => each.path === path).map((each) => each.body as Body),
    answer: (path, ...next) => void answers.set(path, next),
  };
}
