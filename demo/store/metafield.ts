// Metafields of any owner.
import type { Iso } from "./types.ts";

export type Metafield = {
  id: number;
  ownerId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: Iso;
  updatedAt: Iso;
};
