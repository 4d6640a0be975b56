/** Runs before each test file of the projects that use the database, and before any app module is loaded. */
import { inject } from "vitest";
import { takeClone } from "./database/clone";
import { setTestEnvironment } from "./environment";

const { serverUrl, template, run } = inject("database");
setTestEnvironment();
process.env.DATABASE_URL = await takeClone(
  serverUrl,
  template,
  `postlude_test_${run}_${process.env.VITEST_POOL_ID}`,
);
