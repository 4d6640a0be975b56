/** Where the command-line programs of our packages start, so that we run them with our own Node. */
export const PROGRAMS = {
  depcruise: "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
  eslint: "node_modules/eslint/bin/eslint.js",
  prettier: "node_modules/prettier/bin/prettier.cjs",
  prisma: "node_modules/prisma/build/index.js",
  remix: "node_modules/@remix-run/dev/dist/cli.js",
  shopify: "node_modules/@shopify/cli/bin/run.js",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
} as const;
