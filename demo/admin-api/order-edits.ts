// Order edits under way: begun, staged, committed. Nothing touches the order before the commit.
import type { OrderAddition } from "../store/store.ts";

export type StagedLine = OrderAddition & { id: number };
export type OrderEdit = { id: number; orderId: number; staged: StagedLine[]; committed: boolean };

export type OrderEdits = {
  begin(id: number, orderId: number): OrderEdit;
  find(id: number): OrderEdit | undefined;
};

export function createOrderEdits(): OrderEdits {
  const edits = new Map<number, OrderEdit>();
  return {
    begin(id, orderId) {
      const edit: OrderEdit = { id, orderId, staged: [], committed: false };
      edits.set(id, edit);
      return edit;
    },
    find: (id) => edits.get(id),
  };
}
