import { resolve } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const alias = { "#app": resolve(import.meta.dirname, "app") };
/** React libraries that only load when Vite resolves their imports. */
const NEEDS_VITE = [/@shopify\/(polaris|shopify-app-remix)/];
const withDatabase = {
  globalSetup: ["./tests/database/global-setup.ts"],
  setupFiles: ["./tests/setup-database.ts"],
};

export default defineConfig({
  test: {
    // Real parts (a database, a queue, a mail server) on a loaded machine need more than the default 5 s.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    exclude: [...configDefaults.exclude, "build/**", ".demo/**"],
    projects: [
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "unit",
          include: ["app/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "bench/**/*.test.ts"],
          server: { deps: { inline: NEEDS_VITE } },
          ...withDatabase,
        },
      },
      {
        extends: true,
        esbuild: { jsx: "automatic", jsxImportSource: "preact" },
        test: {
          name: "extensions",
          include: ["extensions/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          // The tester ships JSX, which Node cannot load by itself.
          server: { deps: { inline: [/@shopify\/ui-extensions-tester/] } },
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: "demo", include: ["demo/**/*.test.{ts,tsx}"] },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: "checks", include: ["tests/checks/**/*.test.ts"], ...withDatabase },
      },
      {
        extends: true,
        resolve: { alias },
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["./tests/browser/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A whole shop beside a browser, on machines that at times stand still for seconds. What is broken fails twice;
          // what needed its second try is named at the end (scripts/test/run-tests.ts).
          retry: 1,
        },
      },
    ],
  },
});
