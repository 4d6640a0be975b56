/** A cart with one piece of this variant, and the code already applied. */
export function cartLink(shopDomain: string, variantGid: string, code: string | null): string {
  const discount = code ? `?discount=${encodeURIComponent(code)}` : "";
  return `https://${shopDomain}/cart/${variantGid.split("/").at(-1)}:1${discount}`;
}
