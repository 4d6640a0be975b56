import { PROGRAMS } from "../processes/programs.ts";
import { runNode } from "../processes/run.ts";
import { digestOf, whenChanged } from "./digest.ts";

/** Generates the Prisma client from the schema, unless it is up to date. Returns whether it was generated. */
export async function generateClient(): Promise<boolean> {
  const digest = await digestOf([
    "prisma/schema.prisma",
    "prisma.config.ts",
    "node_modules/prisma/package.json",
  ]);
  return whenChanged("app/generated/prisma/.digest", digest, async () => {
    const { code, text } = await runNode([PROGRAMS.prisma, "generate"]);
    if (code !== 0) throw new Error(`prisma generate failed:\n${text}`);
  });
}
