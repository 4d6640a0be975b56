/** One line of an order in the shape of both pages: 2 × 19.995 is no amount, 39.99 is. */
export function orderLine({ product = "1", amount = 39.99, currencyCode = "EUR", quantity = 2 } = {}) {
  return {
    id: `gid://shopify/CartLine/${product}`,
    quantity,
    attributes: [],
    discountAllocations: [],
    lineComponents: [],
    parentRelationship: null,
    cost: { totalAmount: { amount, currencyCode } },
    merchandise: {
      type: "variant",
      id: `gid://shopify/ProductVariant/${product}`,
      title: "Chair",
      selectedOptions: [],
      requiresShipping: true,
      product: { id: `gid://shopify/Product/${product}`, vendor: "", productType: "" },
    },
  };
}
