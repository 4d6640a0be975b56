// What the demo merchant did in the checkout editor: the order of the blocks on a page, and their settings.
// Extensions that are not named stand after the named ones.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Extension } from "./extension-files.ts";

export type Placements = {
  /** Handles from top to bottom. */
  order: string[];
  settings: Record<string, Record<string, string | number | boolean>>;
};

const FILE = path.resolve(import.meta.dirname, "placements.json");

export function readPlacements(file: string = FILE): Placements {
  const saved = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Placements>) : {};
  return { order: saved.order ?? [], settings: saved.settings ?? {} };
}

export function inOrder(extensions: Extension[], { order }: Placements): Extension[] {
  const rank = (extension: Extension) => {
    const index = order.indexOf(extension.handle);
    return index === -1 ? order.length : index;
  };
  return extensions.toSorted((a, b) => rank(a) - rank(b));
}
