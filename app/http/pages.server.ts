import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";

/** Remix's pages and the built assets, as one plain request handler. */
export function pageHandler(
  build: ServerBuild | (() => Promise<ServerBuild>),
): (request: IncomingMessage, response: ServerResponse) => void {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", true);
  app.use(
    "/assets",
    express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }),
  );
  app.use(express.static("build/client", { maxAge: "1h" }));
  // Browsers ask for it beside every page that names no icon, such as a shopper's: those are the shop's, not ours.
  app.get("/favicon.ico", (_request, response) => {
    response.set("cache-control", "public, max-age=86400").status(204).end();
  });
  app.all("*", createRequestHandler({ build }));
  return app as unknown as (request: IncomingMessage, response: ServerResponse) => void;
}
