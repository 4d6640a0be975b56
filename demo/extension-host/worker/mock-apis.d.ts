/** Shopify's own mocks, imported by file: the package does not export them by name, and has no types for the file. */
declare module "*/mocks/target-apis.mjs" {
  export function createMockTargetApi(target: string): Record<string, unknown>;
}
