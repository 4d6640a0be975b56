import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { ProductCard } from "#app/offers/product-card.server";

/** The chosen product as the shop has it; null while it is read, and where none is chosen. */
export function useProduct(gid: string | null): ProductCard | null {
  const { data, load } = useFetcher<{ gid: string; card: ProductCard | null }>();
  useEffect(() => {
    if (gid) load(`/app/offers/product?gid=${encodeURIComponent(gid)}`);
  }, [gid, load]);
  return gid && data?.gid === gid ? data.card : null;
}
