import { createServer } from "node:net";
import { freePort } from "../../demo/free-port.ts";
import { PORT_NAMES, type DemoPorts } from "./settings.ts";

/** Throws one error that names every port that somebody else holds. */
export async function assertPortsFree(ports: DemoPorts): Promise<void> {
  const names = Object.keys(PORT_NAMES) as (keyof DemoPorts)[];
  const free = await Promise.all(names.map((name) => isFree(ports[name])));
  const taken = names.filter((_, index) => !free[index]);
  if (taken.length === 0) return;
  const lines = taken.map((name) => {
    const { title, variable } = PORT_NAMES[name];
    return `  ${ports[name]} (${title}); another one: ${variable}=…`;
  });
  throw new Error(`These ports are taken. Is a demo running already?\n${lines.join("\n")}`);
}

/** Ports that nobody holds at this moment. */
export async function freePorts(): Promise<DemoPorts> {
  const [store, proxy, app, smtp] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  return { store: store!, proxy: proxy!, app: app!, smtp: smtp! };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
