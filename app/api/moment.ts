import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Moment, Surface } from "../../extensions/shared/contract";
import { visitGid } from "#app/orders/visit";

const ORDER_ID = /^gid:\/\/shopify\/(OrderIdentity|Order)\/\d+(\?.*)?$/;

/** `gid://shopify/OrderIdentity/7` (thank-you page) and `gid://shopify/Order/7` are the same order. */
export function orderGid(id: string): string {
  const number = /(\d+)(\?.*)?$/.exec(id)?.[1] ?? "";
  return `gid://shopify/Order/${number}`;
}

const orderId = z.string().max(100).regex(ORDER_ID).transform(orderGid);
const base = z.object({
  /** Messages are rendered by us; their moments come from no page. */
  surface: z.enum(["cart", "checkout", "payment", "thank-you", "order-status", "account", "tracking"]),
  checkoutToken: z.string().max(200).optional(),
  confirmationNumber: z.string().max(50).optional(),
  locale: z.string().min(2).max(20),
});

/** The part of a moment that says who acts for which order. */
export const ActorSchema = base.extend({ orderId });

const PageMomentSchema = base.extend({
  orderId: orderId.optional(),
  cartToken: z.string().max(200).optional(),
  /** Empty on the account pages, which tell none. */
  currency: z.string().length(3).or(z.literal("")).default(""),
  country: z.string().max(2).optional(),
  lines: z
    .array(
      z.object({
        productId: z.string().max(100),
        variantId: z.string().max(100),
        quantity: z.int().min(1).max(100_000),
        amountMinor: z.int(),
      }),
    )
    .max(500),
  isFirstOrder: z.boolean().optional(),
  mayLink: z.boolean().optional(),
  preview: z.boolean().optional(),
}) satisfies z.ZodType<Moment>;

/**
 * As a page tells it. `orderId` is set from here on: an order's gid, or where there is no order the visit's. Without a
 * token each call is a visit of its own.
 */
export const MomentSchema = PageMomentSchema.transform((moment) => ({
  ...moment,
  orderId: moment.orderId ?? visitGid(moment.checkoutToken || randomUUID()),
}));

/** What is decided about: a page's moment, or a mail's, which no page may claim to be. */
export type ParsedMoment = Omit<z.infer<typeof MomentSchema>, "surface"> & { surface: Surface };
export type Actor = z.infer<typeof ActorSchema>;

/** What the order or the cart is worth, minor units of the page's currency. */
export function orderValue({ lines }: Pick<ParsedMoment, "lines">): number {
  return lines.reduce((total, line) => total + Math.max(0, line.amountMinor), 0);
}
