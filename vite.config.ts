import { resolve } from "node:path";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig, type Plugin } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  resolve: { alias: { "#app": resolve(import.meta.dirname, "app") } },
  plugins: [
    remix({
      ignoredRouteFiles: ["**/.*", "**/*.test.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        v3_routeConfig: false,
        // Also makes Remix use Node's own fetch, which the demo store can route to itself.
        v3_singleFetch: true,
      },
    }),
    buildProcesses(),
  ],
  build: { assetsInlineLimit: 0 },
  optimizeDeps: {
    // Found late, these would be optimised late, and a page would get two copies of React.
    entries: ["app/entry.client.tsx", "app/root.tsx", "app/routes/**/*.{ts,tsx}"],
    include: [
      "react",
      "react-dom",
      "react-dom/client",
      "react/jsx-runtime",
      "react/jsx-dev-runtime",
      "@remix-run/react",
      "@shopify/app-bridge-react",
      "@shopify/polaris",
      "@shopify/shopify-app-remix/react",
    ],
  },
});

/**
 * Builds our two processes in place of Remix's own server entry. `app/server.ts` imports the routes, so that they
 * share one copy of the database pool, the queue and the logger with the plain handlers.
 */
function buildProcesses(): Plugin {
  return {
    name: "postlude:processes",
    enforce: "post",
    config(_, { command, isSsrBuild }) {
      if (command !== "build" || !isSsrBuild) return undefined;
      const input = { server: "./app/server.ts", worker: "./app/worker.ts" };
      return { build: { rollupOptions: { input, output: { entryFileNames: "[name].js" } } } };
    },
  };
}
