// One kind of thing by id, in order of creation. It knows which rows differ from the history the shop started with,
// so that a snapshot holds only those and stays small with any history.

export type Table<Row extends { id: number }> = {
  get(id: number): Row | undefined;
  /** Oldest first. */
  all(): Row[];
  /** Adds a row of the starting history: it will be made again at the next start, so it is not saved. */
  seed(row: Row): void;
  /** Adds a row or marks it as changed. */
  put(row: Row): void;
  remove(id: number): void;
  changes(): TableChanges<Row>;
  restore(changes: TableChanges<Row>): void;
};

export type TableChanges<Row> = { rows: Row[]; removed: number[] };

export type TableHooks<Row> = { added?: (row: Row) => void; removed?: (row: Row) => void };

export function createTable<Row extends { id: number }>(hooks: TableHooks<Row> = {}): Table<Row> {
  const rows = new Map<number, Row>();
  const changed = new Set<number>();
  const removedIds = new Set<number>();

  function store(row: Row): void {
    const before = rows.get(row.id);
    if (before && before !== row) hooks.removed?.(before);
    rows.set(row.id, row);
    if (before !== row) hooks.added?.(row);
  }

  function remove(id: number): void {
    const row = rows.get(id);
    if (!row) return;
    rows.delete(id);
    changed.delete(id);
    removedIds.add(id);
    hooks.removed?.(row);
  }

  return {
    get: (id) => rows.get(id),
    all: () => [...rows.values()],
    seed: store,
    put(row) {
      store(row);
      changed.add(row.id);
    },
    remove,
    changes: () => ({
      rows: [...changed].map((id) => rows.get(id)!),
      removed: [...removedIds],
    }),
    restore(changes) {
      for (const row of changes.rows) {
        store(row);
        changed.add(row.id);
      }
      changes.removed.forEach(remove);
    },
  };
}
