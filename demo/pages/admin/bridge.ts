// What the admin script asks the server for on behalf of App Bridge.
import type { PickerProduct } from "../../browser/admin/picker.ts";
import type { Demo } from "../../demo.ts";
import { readExtensions } from "../../extension-host/extension-files.ts";
import { json, type Route } from "../../http.ts";
import { STAFF_USER } from "../../oauth/issuer.ts";
import { gid } from "../../store/ids.ts";
import type { Product } from "../../store/types.ts";
import { extensionFolder } from "../extension-slots.ts";

export function bridgeRoutes(demo: Demo): Route[] {
  const shop = () => demo.store.shop().domain;
  const get = (name: string, answer: (url: URL) => unknown): Route => ({
    method: "GET",
    pattern: `/admin/bridge/${name}`,
    handle: ({ url }) => json(answer(url)),
  });
  return [
    get("app-source", (url) => ({
      source: demo.tokens.appSource(shop(), url.searchParams.get("path") ?? "/"),
    })),
    get("id-token", () => ({ token: demo.tokens.idToken(shop()) })),
    get("user", () => ({
      id: STAFF_USER.id,
      name: `${STAFF_USER.first_name} ${STAFF_USER.last_name}`,
      email: STAFF_USER.email,
      accountAccess: "Shop owner",
    })),
    get("scopes", () => ({
      granted: demo.installations.grantedScopes(shop()),
      required: demo.config.app.scopes,
      optional: [],
    })),
    get("extensions", () => readExtensions(extensionFolder(demo)).map(activation)),
    get("products", () =>
      demo.store
        .products()
        .filter((product) => product.status === "ACTIVE")
        .map((product) => pickerProduct(demo, product)),
    ),
  ];
}

function activation({ handle, targets }: { handle: string; targets: { target: string }[] }) {
  return { handle, type: "ui_extension", activations: targets.map(({ target }) => ({ target })) };
}

/** The picker's payload: @shopify/app-bridge-types `Product`, as far as the shop knows it. */
function pickerProduct(demo: Demo, product: Product): PickerProduct & Record<string, unknown> {
  const id = gid("Product", product.id);
  return {
    id,
    title: product.title,
    handle: product.handle,
    vendor: product.vendor,
    productType: product.productType,
    tags: product.tags,
    status: product.status,
    descriptionHtml: product.description,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    hasOnlyDefaultVariant: product.variants.length === 1,
    totalInventory: product.variants.reduce((total, variant) => total + variant.inventory, 0),
    totalVariants: product.variants.length,
    tracksInventory: true,
    options: [],
    images: [
      {
        id: gid("ProductImage", product.id),
        originalSrc: demo.config.origin + demo.store.picturePath(product),
      },
    ],
    variants: product.variants.map((variant, index) => ({
      id: gid("ProductVariant", variant.id),
      title: variant.title,
      displayName: `${product.title} - ${variant.title}`,
      price: (variant.price / 100).toFixed(2),
      sku: variant.sku,
      position: index + 1,
      inventoryQuantity: variant.inventory,
      availableForSale: variant.inventory > 0,
      selectedOptions: variant.options,
      product: { id },
    })),
  };
}
