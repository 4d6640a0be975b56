/** The migrations lead to exactly the tables that prisma/schema.prisma describes. */
import { ensureDevDatabase } from "../database/dev-database.ts";
import { PROGRAMS } from "../processes/programs.ts";
import { runNode } from "../processes/run.ts";
import { report } from "./report.ts";

const url = await ensureDevDatabase();
const args = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma", "--exit-code"];
const { code, text } = await runNode([PROGRAMS.prisma, "migrate", "diff", ...args], { DATABASE_URL: url });
report(
  "no difference",
  code === 0 ? [] : [`The schema has changes without a migration (npx prisma migrate dev):\n${text}`],
);
