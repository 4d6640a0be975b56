import { startVitest, type TestModule } from "vitest/node";

/** Runs all tests, or those whose path contains one of the filters, and counts them. */
export async function runTests(filters: string[]): Promise<{ passed: number; failed: number }> {
  const vitest = await startVitest("test", filters, { run: true, watch: false });
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = {
    passed: tests.filter((test) => test.result().state === "passed").length,
    failed:
      tests.filter((test) => test.result().state === "failed").length +
      modules.filter(failedOutsideTests).length +
      vitest.state.getUnhandledErrors().length,
  };
  for (const test of tests.filter((test) => test.diagnostic()?.flaky)) {
    console.log(`passed at its second try only: ${test.fullName} (${test.module.relativeModuleId})`);
  }
  await vitest.close();
  return count;
}

/** A file that does not load has no tests to fail. */
function failedOutsideTests(module: TestModule): boolean {
  return module.errors().length > 0;
}
