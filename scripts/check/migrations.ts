/**
 * The migrations lead to exactly the tables that prisma/schema.prisma describes. Two differences are meant: amounts of money
 * are `Int` in the schema and 64 bits wide in the tables (docs/decisions/0014-large-amounts.md), and placements have no
 * foreign key (docs/decisions/0016-decisions-in-groups.md).
 */
import { ensureDevDatabase } from "../database/dev-database.ts";
import { PROGRAMS } from "../processes/programs.ts";
import { runNode } from "../processes/run.ts";
import { report } from "./report.ts";

const url = await ensureDevDatabase();
const args = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma", "--script"];
const { code, text } = await runNode([PROGRAMS.prisma, "migrate", "diff", ...args], { DATABASE_URL: url });
const MEANT =
  /^((ALTER TABLE "\w+" )?ALTER COLUMN "(\w+Minor|points)" SET DATA TYPE INTEGER[,;]|ALTER TABLE "Placement" ADD CONSTRAINT "Placement_shopId_decisionId_fkey" .*)$/;
const SILENT = /^(--.*|Loaded Prisma config.*|)$/;
const differences = text.split("\n").filter((line) => !MEANT.test(line) && !SILENT.test(line));
report(
  "no difference",
  code === 0 && differences.length === 0
    ? []
    : [`The schema has changes without a migration (npx prisma migrate dev):\n${differences.join("\n")}`],
);
