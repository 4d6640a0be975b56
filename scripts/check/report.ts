/** Ends a check: prints what was looked at, or every problem, and sets the exit code. */
export function report(looked: string, problems: string[]): void {
  if (problems.length === 0) console.log(looked);
  else console.log(problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
