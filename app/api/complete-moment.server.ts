import { inShop } from "#app/db/in-shop.server";
import { orderByGid, ordersOfCustomer } from "#app/orders/orders.server";
import type { Shop } from "#app/generated/prisma/client";
import type { ParsedMoment } from "./moment";

/**
 * The pages of the customer account show no order and no cart: what is offered there goes with what the customer
 * bought last, and in what they paid in. Other moments come as they are, without a promise.
 */
export function completeMoment(
  shop: Pick<Shop, "id" | "currency">,
  customerGid: string | null,
  moment: ParsedMoment,
): ParsedMoment | Promise<ParsedMoment> {
  if (moment.surface !== "account") return moment;
  const inShopMoney = { ...moment, currency: moment.currency || shop.currency };
  return customerGid ? withLastOrder(shop.id, customerGid, inShopMoney) : inShopMoney;
}

async function withLastOrder(
  shopId: number,
  customerGid: string,
  moment: ParsedMoment,
): Promise<ParsedMoment> {
  const order = await inShop(shopId, async (tx) => {
    const [last] = await ordersOfCustomer(tx, shopId, customerGid, 1);
    return last ? orderByGid(tx, shopId, last.gid) : null;
  });
  const lines = (order?.lines ?? []).flatMap(
    ({ productGid, variantGid, quantity, priceMinor, discountMinor }) =>
      productGid
        ? [
            {
              productId: productGid,
              variantId: variantGid ?? "",
              quantity,
              amountMinor: priceMinor * quantity - discountMinor,
            },
          ]
        : [],
  );
  const currency = order?.presentmentCurrency ?? moment.currency;
  return { ...moment, currency, lines };
}
