// Every type the demo store models. Types without an entry are plain values; fields without one are "not modelled".
import { gid, idOf, parseGid } from "../../store/ids.ts";
import { as, type AdminContext, type Arguments, type Fields } from "../context.ts";
import {
  bulkOperationType,
  findBulkOperation,
  runBulkQuery,
  cancelBulkOperation,
} from "./bulk-operations.ts";
import * as collections from "./collections.ts";
import * as customers from "./customers.ts";
import { createBasicDiscount } from "./discount-input.ts";
import * as discounts from "./discounts.ts";
import * as fulfillments from "./fulfillments.ts";
import * as orderEdits from "./order-edits.ts";
import * as orders from "./orders.ts";
import { isReadable, readableOrders } from "./orders-list.ts";
import * as payments from "./payments.ts";
import * as products from "./products.ts";
import * as shop from "./shop.ts";
import { addTags, removeTags } from "./tags.ts";
import { count } from "./values.ts";

function readableOrder(id: number | undefined, context: AdminContext) {
  const order = id === undefined ? undefined : context.store.orderById(id);
  return order && isReadable(order, context) ? order : null;
}

/** Any modelled thing by its global id, with its type for the `Node` interface. */
function findNode(id: unknown, context: AdminContext): object | null {
  const parsed = parseGid(String(id));
  const found = parsed && nodeOf(parsed, context);
  return found ? as(parsed.type, found) : null;
}

function nodeOf(
  { type, id }: { type: string; id: number },
  context: AdminContext,
): object | null | undefined {
  const { store } = context;
  if (type === "Order") return readableOrder(id, context);
  if (type === "Customer") return store.customer(id);
  if (type === "Product") return store.product(id);
  if (type === "ProductVariant") return variantById(id, context);
  if (type === "DiscountCodeNode") return store.discount(id);
  if (type === "BulkOperation") return context.bulk.find(store.shop().domain, id);
  if (type === "DiscountRedeemCodeBulkCreation") return context.codeImports.find(id);
  if (type === "Fulfillment") {
    const known = store.fulfillment(id);
    return known && { ...known.fulfillment, order: known.order };
  }
  if (type === "Shop") return id === store.shop().id ? store.shop() : null;
  return null;
}

/** The demo store knows fulfillment orders of pickups only. */
function pickupOf(id: number, context: AdminContext) {
  const order = context.store.orderOfPickup(id);
  return order && isReadable(order, context) ? order : null;
}

function variantById(id: number, context: AdminContext): object | null {
  const known = context.store.variant(id);
  return known ? products.withProduct(known.product, known.variant) : null;
}

const queryRoot: Fields<unknown> = {
  shop: (_, __, { store }) => store.shop(),
  currentAppInstallation: () => shop.INSTALLATION,
  node: (_, args, context) => findNode(args.id, context),
  nodes: (_, args, context) => (args.ids as unknown[]).map((id) => findNode(id, context)),
  orders: orders.findOrders,
  ordersCount: (_, args, context) => count(readableOrders(context.store.orders(), args, context).length),
  order: (_, args, context) => readableOrder(idOf("Order", args.id), context),
  customers: customers.findCustomers,
  customersCount: (_, args, context) => count(customers.findCustomers(_, args, context).length),
  customer: (_, args, context) => context.store.customer(idOf("Customer", args.id) ?? 0) ?? null,
  customerByIdentifier: (_, args, context) => customerByIdentifier(args, context),
  products: products.findProducts,
  productsCount: (_, args, context) => count(products.findProducts(_, args, context).length),
  product: (_, args, context) => context.store.product(idOf("Product", args.id) ?? 0) ?? null,
  collections: collections.findCollections,
  collectionsCount: (_, args, context) => count(collections.findCollections(_, args, context).length),
  collection: (_, args, context) => collections.collectionById(idOf("Collection", args.id), context),
  productVariants: products.findVariants,
  productVariant: (_, args, context) => variantById(idOf("ProductVariant", args.id) ?? 0, context),
  fulfillment: (_, args, context) => findNode(gid("Fulfillment", idOf("Fulfillment", args.id) ?? 0), context),
  fulfillmentOrder: (_, args, context) => pickupOf(idOf("FulfillmentOrder", args.id) ?? 0, context),
  codeDiscountNode: (_, args, context) =>
    context.store.discount(idOf("DiscountCodeNode", args.id) ?? 0) ?? null,
  codeDiscountNodes: (_, __, context) => context.store.discounts(),
  codeDiscountNodeByCode: discounts.findDiscountByCode,
  discountRedeemCodeBulkCreation: (_, args, context) =>
    context.codeImports.find(idOf("DiscountRedeemCodeBulkCreation", args.id) ?? 0) ?? null,
  bulkOperation: findBulkOperation,
  paymentCustomizations: (_, __, context) => context.store.paymentCustomizations(),
  paymentCustomization: (_, args, context) => payments.customizationById(args.id, context) ?? null,
};

function customerByIdentifier(args: Arguments, context: AdminContext) {
  const identifier = args.identifier as { id?: string; emailAddress?: string };
  if (identifier.emailAddress) return context.store.customerByEmail(identifier.emailAddress) ?? null;
  return context.store.customer(idOf("Customer", identifier.id) ?? 0) ?? null;
}

const mutationRoot: Fields<unknown> = {
  bulkOperationRunQuery: runBulkQuery,
  bulkOperationCancel: cancelBulkOperation,
  customerEmailMarketingConsentUpdate: customers.updateEmailConsent,
  customerSmsMarketingConsentUpdate: customers.updateSmsConsent,
  discountCodeBasicCreate: createBasicDiscount,
  discountCodeActivate: discounts.activateDiscount,
  discountCodeDeactivate: discounts.deactivateDiscount,
  discountRedeemCodeBulkAdd: discounts.addRedeemCodes,
  orderEditBegin: orderEdits.beginOrderEdit,
  orderEditAddVariant: orderEdits.addVariantToEdit,
  orderEditAddLineItemDiscount: orderEdits.discountEditLine,
  orderEditCommit: orderEdits.commitOrderEdit,
  metafieldsSet: shop.setMetafields,
  tagsAdd: addTags,
  tagsRemove: removeTags,
  paymentCustomizationCreate: payments.createCustomization,
  paymentCustomizationUpdate: payments.updateCustomization,
  paymentCustomizationActivation: payments.activateCustomizations,
  paymentCustomizationDelete: payments.deleteCustomization,
};

// Each table is written for its own source type; which source meets which table is decided by the schema.
export const RESOLVERS: Record<string, Fields<never>> = {
  QueryRoot: queryRoot,
  Mutation: mutationRoot,
  Shop: shop.shopType,
  AppInstallation: shop.appInstallationType,
  Metafield: shop.metafieldType,
  Collection: collections.collectionType,
  Product: products.productType,
  ProductVariant: products.variantType,
  InventoryItem: products.inventoryItemType,
  Customer: customers.customerType,
  CustomerEmailAddress: customers.customerEmailAddressType,
  MailingAddress: customers.mailingAddressType,
  Order: orders.orderType,
  LineItem: orders.lineItemType,
  CustomerJourneySummary: orders.journeySummaryType,
  CustomerVisit: orders.customerVisitType,
  Fulfillment: fulfillments.fulfillmentType,
  FulfillmentOrder: fulfillments.fulfillmentOrderType,
  DeliveryMethod: fulfillments.deliveryMethodType,
  FulfillmentEvent: fulfillments.fulfillmentEventType,
  FulfillmentLineItem: fulfillments.fulfillmentLineItemType,
  Refund: fulfillments.refundType,
  RefundLineItem: fulfillments.refundLineItemType,
  DiscountCodeNode: discounts.discountNodeType,
  DiscountCodeBasic: discounts.discountBasicType,
  DiscountCustomers: discounts.discountCustomersType,
  DiscountCustomerGets: discounts.customerGetsType,
  DiscountProducts: discounts.discountProductsType,
  DiscountRedeemCode: discounts.redeemCodeType,
  DiscountRedeemCodeBulkCreation: discounts.codeImportType,
  BulkOperation: bulkOperationType,
  PaymentCustomization: payments.paymentCustomizationType,
};
