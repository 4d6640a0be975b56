import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticate } from "#app/shopify.server";

/** Bounce and exit pages of Shopify's library (/auth/session-token, /auth/exit-iframe, …). */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticate.admin(request);
  return null;
}
