import type { Socket } from "node:net";
import pg, { type PoolClient, type Submittable } from "pg";

/**
 * Prepared statements that leave together and are answered together. `pg` ends each query with a Sync of its own, and
 * Postgres sends an answer at every Sync: five statements are five packets, each of which wakes a process on either side.
 * For short statements that costs several times what they do. Here a batch has one Sync, so it is one packet there and
 * one back. And what columns a statement has is asked once per connection, not each time.
 * Protocol: https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export type Answer = { rows: Record<string, unknown>[]; rowCount: number };

type Statement = {
  name: string;
  text: string;
  values: unknown[];
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/** The part of pg's connection that a query of one's own may use (as pg-cursor does). */
type Connection = {
  stream: Socket;
  parse: (statement: { name: string; text: string }) => void;
  bind: (bound: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }) => void;
  describe: (what: { type: "P"; name: string }) => void;
  execute: (what: { portal: string; rows: number }) => void;
  sync: () => void;
};

type Column = { name: string; parse: (value: string) => unknown };
type TypeParsers = { getTypeParser: (oid: number, format: "text") => (value: string) => unknown };
type Inner = PoolClient & { _types: TypeParsers };
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

/** By connection and statement: its columns. A statement without an entry was never prepared there. */
const prepared = new WeakMap<Connection, Map<string, Column[]>>();
/** Of these it is not known which of a failed batch's statements Postgres prepared: they cannot be used again. */
const doubtful = new WeakSet<object>();

/** Whether the connection must be closed because a batch failed on it that prepared something. */
export function isDoubtful(client: PoolClient): boolean {
  return doubtful.has(client);
}

/** Names of statements by their text, the same on all connections. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (!name) names.set(text, (name = `batched-${names.size}`));
  return name;
}

/**
 * The client as loaders use it, with a text and values or an object of both: what is asked within one turn of the event loop
 * is one batch. Where a statement of it fails, those behind it fail with the same error. Texts must not be put
 * together from values: each is prepared once per connection.
 */
export function batching(client: PoolClient): PoolClient {
  let waiting: Statement[] = [];
  const flush = () => {
    const statements = waiting;
    waiting = [];
    client.query(new Batch(client as Inner, statements) as unknown as Submittable);
  };
  const query = (asked: string | { text: string; values?: unknown[] }, values?: unknown[]) =>
    new Promise<Answer>((resolve, reject) => {
      const { text, values: own = [] } = typeof asked === "string" ? { text: asked, values } : asked;
      if (waiting.length === 0) process.nextTick(flush);
      waiting.push({ name: nameOf(text), text, values: own, resolve, reject });
    });
  return { query } as unknown as PoolClient;
}

/** A query as pg's client wants it: it calls these methods with what Postgres answers, in the order of the statements. */
class Batch {
  private answers: Answer[] = [];
  private rows: Answer["rows"] = [];
  private failure: unknown;
  private hasPrepared = false;
  private columns = new Map<string, Column[]>();

  constructor(
    private client: Inner,
    private statements: Statement[],
  ) {}

  submit(connection: Connection): null {
    const known = prepared.get(connection) ?? new Map<string, Column[]>();
    prepared.set(connection, known);
    this.columns = known;
    connection.stream.cork();
    try {
      for (const { name, text, values } of this.statements) {
        const isKnown = known.has(name);
        if (!isKnown) {
          this.hasPrepared = true;
          known.set(name, []);
          connection.parse({ name, text });
        }
        connection.bind({ portal: "", statement: name, values, valueMapper: prepareValue });
        if (!isKnown) connection.describe({ type: "P", name: "" });
        connection.execute({ portal: "", rows: 0 });
      }
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    const { name } = this.current();
    this.columns.set(
      name,
      fields.map((field) => ({
        name: field.name,
        parse: this.client._types.getTypeParser(field.dataTypeID, "text"),
      })),
    );
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const columns = this.columns.get(this.current().name)!;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index++) {
      const value = fields[index]!;
      const { name, parse } = columns[index]!;
      row[name] = value === null ? null : parse(value);
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.answers.push({ rows: this.rows, rowCount: Number(/\d+$/.exec(text)?.[0] ?? 0) });
    this.rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: "" });
  }

  /** What came before the failure is told with it at the end: a caller waits for the whole batch anyway. */
  handleError(error: unknown): void {
    this.failure = error;
    if (this.hasPrepared) doubtful.add(this.client);
    this.statements.forEach(({ resolve, reject }, index) => {
      const answer = this.answers[index];
      if (answer) resolve(answer);
      else reject(error);
    });
  }

  handleReadyForQuery(): void {
    if (this.failure === undefined) {
      this.statements.forEach(({ resolve }, index) => resolve(this.answers[index]!));
    }
  }

  private current(): Statement {
    return this.statements[this.answers.length]!;
  }
}
