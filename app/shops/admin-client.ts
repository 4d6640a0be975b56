/**
 * The narrow port through which domains reach Shopify's Admin GraphQL API of one shop. The border makes it from a
 * session; tests make it from the demo store.
 */
export type AdminClient = {
  /**
   * Runs one document and returns its `data`.
   * @throws AdminApiError on transport faults, throttling that outlasted the retries, or top-level GraphQL errors.
   */
  query<Data>(document: string, variables?: Record<string, unknown>): Promise<Data>;
};

export class AdminApiError extends Error {
  override name = "AdminApiError";
  readonly kind: "throttled" | "unauthorized" | "rejected" | "unreachable";

  constructor(kind: AdminApiError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}
