import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

/** Processor time of one tick of /proc. */
const TICK_US = 10_000;

/**
 * Processor time that a Postgres server has used so far, all its processes together, in microseconds.
 * @returns a function that reads it, or null where the server's processes cannot be seen (another machine, not Linux)
 */
export async function postgresCpu(databaseUrl: string): Promise<(() => number) | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const server = statOf(String(rows[0]!.pid))?.parent;
  await client.end();
  if (!server || statOf(server)?.name !== "postgres") return null;
  return () => {
    let ticks = 0;
    for (const pid of readdirSync("/proc")) {
      const stat = /^\d+$/.test(pid) ? statOf(pid) : null;
      if (stat && (stat.parent === server || pid === server)) ticks += stat.ticks;
      // What ended in between is counted by the server that started it.
      if (stat && pid === server) ticks += stat.ticksOfEnded;
    }
    return ticks * TICK_US;
  };
}

/** See proc(5): the name stands in brackets, user and system time are fields 14 and 15, those of ended children 16 and 17. */
function statOf(pid: string): { name: string; parent: string; ticks: number; ticksOfEnded: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    const fields = stat.slice(end + 2).split(" ");
    const name = stat.slice(stat.indexOf("(") + 1, end);
    const ticksOfEnded = Number(fields[13]) + Number(fields[14]);
    return { name, parent: fields[1]!, ticks: Number(fields[11]) + Number(fields[12]), ticksOfEnded };
  } catch {
    return null;
  }
}
