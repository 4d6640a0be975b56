/** The `s-*` elements of all pages, for the components here; each extension brings those of its own targets. */
/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
