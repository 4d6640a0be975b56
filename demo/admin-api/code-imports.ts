// discountRedeemCodeBulkAdd works in the background: the codes are usable a moment later.
import type { Store } from "../store/store.ts";
import type { Discount } from "../store/discount.ts";

export type CodeImport = {
  id: number;
  discountId: number;
  codes: { code: string; redeemCodeId: number | null; error: string | null }[];
  done: boolean;
  createdAt: string;
};

export type CodeImports = {
  start(store: Store, discount: Discount, codes: string[]): CodeImport;
  find(id: number): CodeImport | undefined;
};

export function createCodeImports(delayMs: number): CodeImports {
  const imports = new Map<number, CodeImport>();

  function start(store: Store, discount: Discount, codes: string[]): CodeImport {
    const entry: CodeImport = {
      id: store.newId(),
      discountId: discount.id,
      codes: codes.map((code) => ({ code, redeemCodeId: null, error: null })),
      done: false,
      createdAt: store.clock.iso(),
    };
    imports.set(entry.id, entry);
    if (delayMs === 0) finish(store, discount, entry);
    else setTimeout(() => finish(store, discount, entry), delayMs).unref();
    return entry;
  }

  return { start, find: (id) => imports.get(id) };
}

function finish(store: Store, discount: Discount, entry: CodeImport): void {
  const known = new Set(
    store.discounts().flatMap((other) => other.codes.map(({ code }) => code.toLowerCase())),
  );
  for (const item of entry.codes) {
    if (known.has(item.code.toLowerCase())) {
      item.error = "Code must be unique. Please try a different code.";
      continue;
    }
    known.add(item.code.toLowerCase());
    item.redeemCodeId = store.newId();
    discount.codes.push({ id: item.redeemCodeId, code: item.code, used: 0 });
  }
  discount.updatedAt = store.clock.iso();
  store.saveDiscount(discount);
  entry.done = true;
}
