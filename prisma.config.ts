import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";
import { runningDevDatabase } from "./scripts/database/dev-database.ts";

// Prisma would download a native schema engine; ours comes from npm. On Windows a script cannot stand in
// for a program, so there the download stays.
if (process.platform !== "win32") {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL("./scripts/schema-engine.mjs", import.meta.url),
  );
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? runningDevDatabase() ?? "postgresql://localhost/postlude" },
});
