// The door of one demo shop: catalogue, customers, checkout, orders, parcels, refunds, discounts.
// It promises that every change is announced to the subscribers (who send webhooks and log) and that the
// Admin API, the pages and the control endpoints see the same state. It never invents anything on its own
// except its history at the beginning and the carriers' scans.
import type { Clock } from "../clock.ts";
import type { Discount } from "./discount.ts";
import type { Metafield } from "./metafield.ts";
import type { PaymentCustomization } from "./payments.ts";
import type {
  Address,
  CartLine,
  Checkout,
  CheckoutTotals,
  Contact,
  Customer,
  EmailMarketing,
  Fulfillment,
  FulfillmentEvent,
  Minor,
  Order,
  Pickup,
  Product,
  Refund,
  ShipmentStatus,
  ShippingRate,
  Shop,
  Variant,
} from "./types.ts";

/** Something that Shopify would announce. `topic` is the webhook topic. */
export type StoreChange =
  | {
      topic:
        | "orders/create"
        | "orders/updated"
        | "orders/paid"
        | "orders/cancelled"
        | "orders/fulfilled"
        | "orders/partially_fulfilled";
      order: Order;
    }
  | { topic: "fulfillments/create" | "fulfillments/update"; order: Order; fulfillment: Fulfillment }
  | {
      topic: "fulfillment_events/create";
      order: Order;
      fulfillment: Fulfillment;
      event: FulfillmentEvent;
    }
  | { topic: "fulfillment_orders/line_items_prepared_for_pickup"; order: Order; pickup: Pickup }
  | { topic: "refunds/create"; order: Order; refund: Refund }
  | {
      topic:
        | "customers/create"
        | "customers/update"
        | "customers/delete"
        | "customers_email_marketing_consent/update";
      customer: Customer;
    }
  | { topic: "customer.tags_added" | "customer.tags_removed"; customer: Customer; tags: string[] }
  | { topic: "products/create" | "products/update" | "products/delete"; product: Product }
  | { topic: "shop/update"; shop: Shop };

export type CodeResult = { status: "applied" } | { status: "refused"; reason: string };

export type OrderAddition = {
  variantId: number;
  quantity: number;
  discount?: { title: string; percent: number };
};

export type CounterSale = {
  lines: CartLine[];
  /** Without it nobody knows who bought. */
  contact?: Contact | null;
  locale?: string;
  /** False: it is to be sent or fetched later. */
  takenAlong?: boolean;
};

export type Carrier = { id: string; name: string; description: string };

export type Store = {
  clock: Clock;
  shop(): Shop;
  updateShop(changes: Partial<Pick<Shop, "name" | "email" | "ownerName" | "taxRate">>): Shop;

  // — catalogue —
  products(): Product[];
  /** By id or by handle. */
  product(idOrHandle: number | string): Product | undefined;
  variant(id: number): { product: Product; variant: Variant } | undefined;
  /** Path below the demo store's origin of the product's picture, e.g. /pictures/mug.svg */
  picturePath(product: Product): string;
  updateProduct(
    productId: number,
    changes: Partial<Pick<Product, "title" | "description" | "vendor" | "productType" | "tags" | "status">>,
  ): Product;
  updateVariant(
    variantId: number,
    changes: Partial<Pick<Variant, "price" | "compareAtPrice" | "inventory" | "unitCost">>,
  ): Product;
  deleteProduct(productId: number): void;

  // — customers —
  /** Newest first. */
  customers(): Customer[];
  customer(id: number): Customer | undefined;
  customerByEmail(email: string): Customer | undefined;
  setEmailMarketing(
    customerId: number,
    state: Omit<EmailMarketing, "updatedAt"> & { updatedAt?: string },
  ): Customer;
  updateCustomer(
    customerId: number,
    changes: Partial<
      Pick<Customer, "firstName" | "lastName" | "email" | "phone" | "smsMarketing" | "locale" | "tags">
    >,
  ): Customer;
  deleteCustomer(customerId: number): void;

  // — cart and checkout —
  startCheckout(cart: {
    lines: CartLine[];
    discountCodes?: string[];
    customerId?: number | null;
    /** Of the cart it started from, where the storefront knows it. */
    cartToken?: string;
    locale?: string;
    landingSite?: string | null;
    referringSite?: string | null;
    userAgent?: string | null;
    note?: string | null;
    /** Cart attributes that the theme set. */
    attributes?: Record<string, string>;
  }): Checkout;
  checkout(token: string): Checkout | undefined;
  setContact(token: string, contact: Contact): Checkout;
  /** Changes the cart within the checkout; 0 takes the variant out. */
  setCheckoutQuantity(token: string, variantId: number, quantity: number): CodeResult;
  setShippingAddress(token: string, address: Address): Checkout;
  shippingRates(token: string): ShippingRate[];
  setShippingRate(token: string, rateId: string): Checkout;
  setGateway(token: string, gateway: string): Checkout;
  applyDiscountCode(token: string, code: string): CodeResult;
  removeDiscountCode(token: string, code: string): Checkout;
  /** Prices, discounts, shipping and taxes as of now. */
  priceCheckout(token: string): CheckoutTotals;
  /** Prices of a cart without a checkout (cart page). */
  priceCart(lines: CartLine[], discountCodes?: string[]): CheckoutTotals;
  /** Throws `CheckoutError` when contact, address or goods are missing. A second call returns the same order. */
  placeOrder(token: string): Order;

  // — sold by staff —
  /** Sold at the till; taken along at once unless said otherwise. */
  sellAtTill(sale: CounterSale): Order;
  /** Entered by staff, e.g. after a phone call, and paid. */
  enterOrder(sale: CounterSale & { address: Address }): Order;

  // — orders —
  /** Newest first, also those that the Admin API does not know yet. */
  orders(): Order[];
  orderById(id: number): Order | undefined;
  orderByCheckout(token: string): Order | undefined;
  customerOrders(customerId: number): Order[];
  /** Path and query below the demo store's origin, with the secret key. */
  statusPath(order: Order): string;
  /** Adds to a placed order; the buyer then owes it. Throws where it can't be changed. */
  addToOrder(orderId: number, addition: OrderAddition): Order;
  /** The buyer pays what is left to pay. */
  payBalance(orderId: number): Order;
  cancelOrder(orderId: number, reason?: NonNullable<Order["cancelReason"]>): Order;
  refund(
    orderId: number,
    input: {
      lines: { lineItemId: number; quantity: number; restock?: boolean }[];
      shipping?: Minor;
      note?: string | null;
    },
  ): Refund;

  // — parcels —
  carriers(): Carrier[];
  /** Everything that is left, or the given lines, in one box or several. A pickup is fetched by this. */
  fulfil(
    orderId: number,
    input?: { carrier?: string; boxes?: number; lines?: { lineItemId: number; quantity: number }[] },
  ): Fulfillment;
  /** The goods of a pickup wait for the buyer. */
  makeReady(orderId: number): Order;
  /** The order whose pickup this fulfillment order is. */
  orderOfPickup(fulfillmentOrderId: number): Order | undefined;
  fulfillment(id: number): { order: Order; fulfillment: Fulfillment } | undefined;
  /** Makes every scan that is due; returns how many. */
  moveParcels(now: Date): number;
  /** Makes the next planned scan now. */
  moveToNextScan(fulfillmentId: number): FulfillmentEvent | undefined;
  /** No more scans come: it stands still. */
  stopParcel(fulfillmentId: number): Fulfillment;
  /** A scan out of plan: delayed, failed attempt, delivered … */
  setParcelStatus(fulfillmentId: number, status: ShipmentStatus, message?: string): FulfillmentEvent;

  // — discounts —
  discounts(): Discount[];
  discount(id: number): Discount | undefined;
  discountByCode(code: string): Discount | undefined;
  saveDiscount(discount: Discount): Discount;

  // — payment customizations —
  /** Oldest first: in this order they change the payment step. */
  paymentCustomizations(): PaymentCustomization[];
  addPaymentCustomization(
    customization: Omit<PaymentCustomization, "id" | "createdAt">,
  ): PaymentCustomization;
  changePaymentCustomization(
    id: number,
    changes: Partial<Pick<PaymentCustomization, "title" | "enabled">>,
  ): PaymentCustomization;
  removePaymentCustomization(id: number): void;

  // — metafields —
  metafields(ownerId: string): Metafield[];
  setMetafield(input: Pick<Metafield, "ownerId" | "namespace" | "key" | "type" | "value">): Metafield;

  /** A fresh id for things the Admin API creates. */
  newId(): number;
  subscribe(listener: (change: StoreChange) => void): () => void;
};

/** The buyer has to give or change something first; `field` names the form field. */
export class CheckoutError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
