/**
 * The migrations lead to exactly the tables that prisma/schema.prisma describes. One difference is meant: amounts of money
 * are `Int` in the schema and 64 bits wide in the tables (docs/decisions/0014-large-amounts.md).
 */
import { ensureDevDatabase } from "../database/dev-database.ts";
import { PROGRAMS } from "../processes/programs.ts";
import { runNode } from "../processes/run.ts";
import { report } from "./report.ts";

const url = await ensureDevDatabase();
const args = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma", "--script"];
const { code, text } = await runNode([PROGRAMS.prisma, "migrate", "diff", ...args], { DATABASE_URL: url });
const MEANT = /^(ALTER TABLE "\w+" )?ALTER COLUMN "\w+Minor" SET DATA TYPE INTEGER[,;]$/;
const SILENT = /^(--.*|Loaded Prisma config.*|)$/;
const differences = text.split("\n").filter((line) => !MEANT.test(line) && !SILENT.test(line));
report(
  "no difference",
  code === 0 && differences.length === 0
    ? []
    : [`The schema has changes without a migration (npx prisma migrate dev):\n${differences.join("\n")}`],
);
