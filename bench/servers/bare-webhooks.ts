/**
 * The least that a webhook receiver must do: read the body, check the HMAC, insert one row, answer. A bare `node:http`
 * server that does exactly this is what ours is measured against.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

const secret = process.env.SHOPIFY_API_SECRET!;
const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
});
const INSERT = {
  name: "webhook-inbox",
  text: `INSERT INTO "WebhookInbox" ("shopDomain", "webhookId", topic, "apiVersion", body)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
};

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const header = (name: string) => request.headers[name] as string;
    const given = Buffer.from(header("x-shopify-hmac-sha256"), "base64");
    const expected = createHmac("sha256", secret).update(body).digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    const values = [
      header("x-shopify-shop-domain"),
      header("x-shopify-webhook-id"),
      header("x-shopify-topic"),
      header("x-shopify-api-version"),
      body.toString("utf8"),
    ];
    pool.query({ ...INSERT, values }).then(
      () => response.writeHead(200, { "content-length": 0 }).end(),
      () => response.writeHead(503, { "content-length": 0 }).end(),
    );
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
