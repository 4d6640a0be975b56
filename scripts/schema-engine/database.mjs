/**
 * How the schema engine reaches PostgreSQL: Prisma's own `pg` adapter, with three faults repaired.
 * Written for @prisma/adapter-pg 7.10.1; drop a repair when the package no longer needs it.
 */
import { randomUUID } from "node:crypto";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";

/** PostgreSQL's type numbers of catalogue columns that the adapter cannot read, and how it shall see them. */
const CHAR = 18;
const READ_AS = new Map([
  [CHAR, 25], // "char" → text
  [19, 25], // name → text
  [1003, 1009], // name[] → text[]
]);

/** @param {{ url?: string, shadowDatabaseUrl?: string }} source as the Prisma CLI passes it */
export function readTarget(source) {
  const url = new URL(source.url ?? "postgresql://localhost/postgres");
  const schema = url.searchParams.get("schema") ?? "public";
  url.searchParams.delete("schema");
  // Discrete fields: with a connection string, pg would ignore the name of the shadow database.
  return { config: parseIntoClientConfig(url.href), schema, shadowDatabaseUrl: source.shadowDatabaseUrl };
}

/** Runs one script on one connection of its own. */
export async function runScript(config, sql) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    if (sql) await client.query(sql);
  } finally {
    await client.end();
  }
}

export class EngineAdapter extends PrismaPg {
  #target;

  constructor(target) {
    super(target.config, { schema: target.schema });
    this.#target = target;
    readCatalogueTypes();
  }

  async connect() {
    return repair(await super.connect());
  }

  /** A scratch database in which Prisma replays all migrations to compare the result with the schema. */
  async connectToShadowDb() {
    const { config, schema, shadowDatabaseUrl } = this.#target;
    if (shadowDatabaseUrl) {
      return repair(await new PrismaPg(parseIntoClientConfig(shadowDatabaseUrl), { schema }).connect());
    }
    const main = await this.connect();
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    await main.executeScript(`CREATE DATABASE "${database}"`);
    const shadow = repair(await new PrismaPg({ ...config, database }, { schema }).connect());
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await main.executeScript(`DROP DATABASE IF EXISTS "${database}"`);
      await main.dispose();
    };
    return shadow;
  }
}

let typesAreRead = false;
function readCatalogueTypes() {
  if (typesAreRead) return;
  typesAreRead = true;
  const describe = pg.Query.prototype.handleRowDescription;
  pg.Query.prototype.handleRowDescription = function (message) {
    for (const field of message.fields) {
      field.isChar = field.dataTypeID === CHAR;
      field.dataTypeID = READ_AS.get(field.dataTypeID) ?? field.dataTypeID;
    }
    return describe.call(this, message);
  };
}

let charsAreKept = false;
function repair(connection) {
  // The adapter splits scripts at every ";", which breaks function bodies and leaves halves applied.
  // As one simple query PostgreSQL parses it itself and runs it as one transaction.
  connection.executeScript = async (sql) => {
    try {
      await connection.client.query(sql);
    } catch (error) {
      connection.onError(error);
    }
  };
  if (!charsAreKept) {
    charsAreKept = true;
    keepChars(Object.getPrototypeOf(Object.getPrototypeOf(connection)));
  }
  return connection;
}

/** The engine panics when a "char" column reaches it as Text; `queryable` is the class of connections and transactions. */
function keepChars(queryable) {
  const { queryRaw } = queryable;
  queryable.queryRaw = async function (query) {
    let fields;
    const performIO = async (sent) => {
      const answer = await this.performIO(sent);
      fields = answer.fields;
      return answer;
    };
    const watched = Object.create(this, { performIO: { value: performIO } });
    const result = await queryRaw.call(watched, query);
    result.columnTypes = result.columnTypes.map((type, index) =>
      fields[index].isChar ? ColumnTypeEnum.Character : type,
    );
    return result;
  };
}
