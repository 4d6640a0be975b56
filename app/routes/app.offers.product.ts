import type { LoaderFunctionArgs } from "@remix-run/node";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { productCard } from "#app/offers/product-card.server";

/** `?gid=`: a product with its real price, for the preview of an offer; `card` is null where the shop has none of that id. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const gid = new URL(request.url).searchParams.get("gid") ?? "";
  return { gid, card: await inShop(shop.id, (tx) => productCard(tx, shop.id, gid)) };
}
