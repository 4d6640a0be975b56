import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startNode } from "../../scripts/processes/run.ts";
import { bundleWebProcess } from "./bundle.ts";

export type Server = {
  origin: string;
  /** Processor time so far, microseconds; only of our web. */
  cpu: () => Promise<number>;
  stop: () => void;
};

/** Our web process as it stands in the sources; `environment` adds to what every benchmark needs. */
export async function startWeb(environment: Record<string, string>): Promise<Server> {
  return startServer(["bench/servers/web.ts", await bundleWebProcess()], { ...WEB, ...environment });
}

/** A program of ours that listens on PORT of 127.0.0.1. */
export async function startServer(argv: string[], environment: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const child = startNode(argv, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...environment, PORT: String(port) },
  });
  for (let tries = 0; !(await isListening(port)); tries++) {
    if (child.exitCode !== null || tries > 300) {
      child.kill();
      throw new Error(`${argv[0]} did not come up`);
    }
    await sleep(100);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    cpu: async () => {
      const answered = once(child, "message");
      child.send("cpu");
      const [{ cpu }] = (await answered) as [{ cpu: number }];
      return cpu;
    },
    stop: () => child.kill(),
  };
}

export const APP = {
  apiKey: "0123456789abcdef0123456789abcdef",
  apiSecret: "shpss_a_secret_for_the_benchmark",
};

const WEB = {
  NODE_ENV: "production",
  WEB_PROCESSES: "1",
  HOST: "127.0.0.1",
  LOG_LEVEL: "error",
  SHOPIFY_APP_URL: "http://localhost:4710",
  SHOPIFY_API_KEY: APP.apiKey,
  SHOPIFY_API_SECRET: APP.apiSecret,
  SCOPES: "read_orders",
  ENCRYPTION_KEY: "a-key-of-32-characters-for-benchmarks",
  SMTP_URL: "smtp://127.0.0.1:25",
  MAIL_FROM: "post@shop.example",
};

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
