/** The web process of `npm run dev`: the same request handler, loaded and reloaded by Vite. */
import { createServer } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import { runUntilSignal } from "../processes/run-until-signal.ts";
import { loadThroughVite } from "./vite.ts";

type ServerModule = typeof import("../../app/server.ts");
type QueueModule = typeof import("../../app/queue/queue.server.ts");

/** Vite tells the browser about changes on a port of its own; the next ones belong to the demo. */
const HMR_OFFSET = 100;

await runUntilSignal(async () => {
  const port = Number(process.env.PORT);
  const vite = await loadThroughVite(port + HMR_OFFSET);
  const { requestHandler } = (await vite.ssrLoadModule("/app/server.ts")) as ServerModule;
  const queue = (await vite.ssrLoadModule("/app/queue/queue.server.ts")) as QueueModule;
  await queue.startQueue("web");

  const handle = requestHandler(
    () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>,
  );
  const server = createServer((request, response) => {
    vite.middlewares(request, response, () => void handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(port, process.env.HOST, resolve));

  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await queue.stopQueue();
      await vite.close();
    },
  };
});
