// The demo store's HTTP server: Shopify's hosts first, then the routes of the parts.
import http from "node:http";
import type { Demo } from "./demo.ts";
import {
  findRoute,
  json,
  text,
  toDemoRequest,
  writeResponse,
  type DemoRequest,
  type DemoResponse,
  type Route,
} from "./http.ts";
import { SHOPIFY_HOST_HEADER } from "./shopify-host.ts";
import { drawPicture } from "./store/pictures.ts";
import { CheckoutError } from "./store/store.ts";

export type ServerOptions = {
  demo: Demo;
  routes: Route[];
  /** Answers what the app meant for Shopify. */
  answerForShopify: (request: DemoRequest) => Promise<DemoResponse>;
};

export function createDemoServer({ demo, routes, answerForShopify }: ServerOptions): http.Server {
  async function answer(request: DemoRequest): Promise<DemoResponse> {
    if (request.headers[SHOPIFY_HOST_HEADER]) return answerForShopify(request);
    const found = findRoute(routes, request.method, request.url.pathname);
    if (!found) return text("The demo store has no such page.", undefined, 404);
    request.params = found.params;
    return found.route.handle(request);
  }

  return http.createServer((incoming, outgoing) => {
    toDemoRequest(incoming, demo.config.origin)
      .then(answer)
      .catch((error: Error) => failure(error))
      .then((response) => writeResponse(response, outgoing))
      .catch(() => outgoing.destroy());
  });

  function failure(error: Error): DemoResponse {
    if (error instanceof CheckoutError) return json({ error: error.message, field: error.field }, 422);
    demo.log.add("error", error.message);
    return json({ error: error.message }, error instanceof SyntaxError ? 400 : 500);
  }
}

/** Pictures of the products of every shop. */
export function pictureRoutes(demo: Demo): Route[] {
  return [
    {
      method: "GET",
      pattern: "/pictures/:file",
      handle({ params }) {
        const handle = params.file!.replace(/\.svg$/, "");
        for (const store of demo.stores.values()) {
          const product = store.product(handle);
          if (!product) continue;
          return {
            status: 200,
            headers: {
              "content-type": "image/svg+xml",
              "cache-control": "public, max-age=3600",
              "access-control-allow-origin": "*",
            },
            body: drawPicture(product.picture, product.title),
          };
        }
        return text("No such picture", undefined, 404);
      },
    },
  ];
}
