import { expect, test } from "vitest";
import { isGranted, readAdminSchema } from "./admin-schema";

const granted = (...scopes: string[]) => new Set(scopes);

test("one of several alternatives is enough", () => {
  const requirement = "`read_orders` access scope or `read_marketplace_orders` access scope.";
  expect(isGranted(requirement, granted("read_marketplace_orders"))).toBe(true);
  expect(isGranted(requirement, granted("read_products"))).toBe(false);
});

test("a right to write includes the right to read, not the other way round", () => {
  expect(isGranted("`read_discounts` access scope.", granted("write_discounts"))).toBe(true);
  expect(isGranted("`write_discounts` access scope.", granted("read_discounts"))).toBe(false);
});

test("both parts of an 'and' are needed", () => {
  const requirement =
    "`read_returns` access scope and (`read_orders` access scope or `read_quick_sale` access scope).";
  expect(isGranted(requirement, granted("read_returns"))).toBe(false);
  expect(isGranted(requirement, granted("read_returns", "read_orders"))).toBe(true);
});

test("Shopify's schema tells access by field and by type, and topics as TOML writes them", () => {
  const admin = readAdminSchema("2026-10");
  expect(admin.accessOfType("Order")).toContain("read_orders");
  expect(admin.topics.get("orders/create")).toContain("read_orders");
  expect(admin.scopes).toContain("read_products");
});
