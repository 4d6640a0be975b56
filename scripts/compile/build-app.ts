import { withDirectoryLock } from "../processes/directory-lock.ts";
import { PROGRAMS } from "../processes/programs.ts";
import { runNode } from "../processes/run.ts";
import { digestOf, whenChanged } from "./digest.ts";
import { generateClient } from "./generate-client.ts";

/** Two builds at once, say of a demo and of the tests, would write into each other's files. */
const LOCK = "node_modules/.cache/postlude-building";
const SOURCES = [
  "app",
  "public",
  "extensions/shared",
  "extensions/payment-ranking/src",
  "prisma/schema.prisma",
  "vite.config.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the web and worker processes into build/, unless the sources are those of the last build. */
export function buildApp(options: { force?: boolean } = {}): Promise<boolean> {
  return withDirectoryLock(LOCK, () => buildAlone(options));
}

async function buildAlone({ force = false }): Promise<boolean> {
  await generateClient();
  const digest = force ? `forced ${Date.now()}` : await digestOf(SOURCES, isNotBuilt);
  return whenChanged("build/.digest", digest, async () => {
    const { code, text } = await runNode([PROGRAMS.remix, "vite:build"], { NODE_ENV: "production" });
    if (code !== 0) throw new Error(`The build failed:\n${text}`);
  });
}

/** Tests, and what is generated from sources that count already. */
function isNotBuilt(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path === "app/generated";
}
