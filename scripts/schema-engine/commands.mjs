/** The one-shot commands of the schema engine: `schema-engine cli can-connect-to-database` and its sisters. */
import pg from "pg";
import { runScript } from "./database.mjs";

const PRISMA_CODES = {
  ECONNREFUSED: "P1001",
  ENOTFOUND: "P1001",
  ETIMEDOUT: "P1001",
  "28P01": "P1000",
  28000: "P1010",
  "3D000": "P1003",
};

/** Runs one command; returns the exit code. A failure is written in the form that the Prisma CLI reads. */
export async function runCommand(command, { config }) {
  const database = pg.escapeIdentifier(config.database);
  const fromOutside = { ...config, database: "postgres" };
  const commands = {
    "can-connect-to-database": () => runScript(config),
    "create-database": () => runScript(fromOutside, `CREATE DATABASE ${database}`),
    "drop-database": () => runScript(fromOutside, `DROP DATABASE IF EXISTS ${database}`),
  };
  try {
    await commands[command]();
    return 0;
  } catch (error) {
    const error_code = PRISMA_CODES[error.code] ?? "P1001";
    const message =
      error_code === "P1003"
        ? `Database \`${config.database}\` does not exist`
        : String(error.message || error.code);
    const fields = { error_code, message, is_panic: false };
    console.error(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
    return 1;
  }
}
