// Parts of App Bridge that the demo store does not play. Using one names it instead of pretending.

/** Stands for `shopify.<name>` and everything below it; throws when it is called. */
export function unmodelled<T>(name: string): T {
  const stand = new Proxy(function standIn() {}, {
    // A promise would be awaited by mistake: `then` must stay absent.
    get: (_target, property) => (property === "then" ? undefined : unmodelled(`${name}.${String(property)}`)),
    apply: () => {
      throw new Error(`Demo store does not model shopify.${name} yet`);
    },
  });
  return stand as T;
}
