import { expect, test } from "vitest";
import { grouped } from "./grouped.server";

const LIMITS = { size: 3, distance: 20, lanes: 1 };
/** Each ask is about something else. */
const itself = String;

test("asks that arrive together are worked on together, each with its own answer", async () => {
  const groups: number[][] = [];
  const double = grouped<number, number>(
    async (asks) => {
      groups.push(asks);
      return asks.map((ask) => ask * 2);
    },
    itself,
    LIMITS,
  );
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
  expect(groups).toEqual([[1, 2, 3]]);
});

test("an ask that cannot be stored does not take its neighbours with it", async () => {
  const store = grouped<string, string>(
    async (asks) => {
      if (asks.includes("bad")) throw new Error("invalid byte sequence");
      return asks;
    },
    itself,
    LIMITS,
  );
  const asked = await Promise.allSettled([store("good"), store("bad"), store("fine")]);
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("where the database is away, nobody is asked again", async () => {
  let tries = 0;
  const store = grouped<string, string>(
    async () => {
      tries++;
      throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    },
    itself,
    LIMITS,
  );
  const asked = await Promise.allSettled([store("a"), store("b")]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
});

test("what arrives meanwhile waits, and goes together; never more than fit", async () => {
  const { groups, done, work } = workThatIsTold<number>();
  const wait = grouped(work, itself, LIMITS);

  const answers = [wait(1)];
  await until(() => groups.length === 1);
  for (const ask of [2, 3, 4, 5]) answers.push(wait(ask));
  for (let group = 0; group < 3; group++) {
    await until(() => done.length === group + 1);
    expect(groups).toHaveLength(group + 1);
    done[group]!();
  }
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5]);
  expect(groups).toEqual([[1], [2, 3, 4], [5]]);
});

test("groups that are not full keep their distance, a lone one does not wait", async () => {
  const starts: number[] = [];
  const note = grouped<number, number>(
    async (asks) => {
      starts.push(performance.now());
      return asks;
    },
    itself,
    { size: 3, distance: 200, lanes: 1 },
  );
  await note(1);
  const asked = [note(2)];
  await new Promise((resolve) => setTimeout(resolve, 20));
  asked.push(note(3));
  await Promise.all(asked);
  expect(starts).toHaveLength(2);
  expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(198);
});

test("with two lanes a group follows before the first is done, but never about the same subject", async () => {
  const { groups, done, work } = workThatIsTold<string>();
  const wait = grouped(work, (ask) => ask[0]!, { size: 3, distance: 0, lanes: 2 });
  const answers = [wait("a1")];
  await until(() => groups.length === 1);
  answers.push(wait("a2"), wait("b1"));
  await until(() => groups.length === 2);
  expect(groups).toEqual([["a1"], ["b1"]]);
  // Both lanes are taken.
  answers.push(wait("c1"));
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(groups).toHaveLength(2);
  done[0]!();
  await until(() => groups.length === 3);
  expect(groups[2]).toEqual(["a2", "c1"]);
  done[1]!();
  done[2]!();
  expect(await Promise.all(answers)).toEqual(["a1", "a2", "b1", "c1"]);
});

test("asks about the same subject are never in one group", async () => {
  const { groups, done, work } = workThatIsTold<string>();
  const wait = grouped(work, (ask) => ask[0]!, { size: 3, distance: 0, lanes: 1 });
  const answers = [wait("a1"), wait("a2"), wait("b1")];
  await until(() => groups.length === 1);
  expect(groups).toEqual([["a1", "b1"]]);
  done[0]!();
  await until(() => groups.length === 2);
  done[1]!();
  expect(await Promise.all(answers)).toEqual(["a1", "a2", "b1"]);
  expect(groups[1]).toEqual(["a2"]);
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** Each group is done when it is told so. */
function workThatIsTold<Ask>() {
  const groups: Ask[][] = [];
  const done: (() => void)[] = [];
  const work = async (asks: Ask[]) => {
    groups.push(asks);
    await new Promise<void>((resolve) => done.push(resolve));
    return asks;
  };
  return { groups, done, work };
}
