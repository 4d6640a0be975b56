import { createServer, type ViteDevServer } from "vite";

/** Vite as a loader of app/, inside a process of ours. `hmrPort` for the process that serves pages. */
export function loadThroughVite(hmrPort?: number): Promise<ViteDevServer> {
  return createServer({
    appType: "custom",
    server: {
      middlewareMode: true,
      hmr: hmrPort ? { port: hmrPort, host: "localhost" } : false,
      watch: hmrPort ? undefined : null,
      allowedHosts: ["localhost"],
    },
    // Two processes must not write into one folder of optimised packages; only the pages need it.
    cacheDir: hmrPort ? "node_modules/.vite" : "node_modules/.vite-worker",
    optimizeDeps: hmrPort ? undefined : { noDiscovery: true, include: [] },
  });
}
