import { createServer } from "node:net";

/** Below the range that systems give to outgoing connections, so that none of these takes it before we listen. */
const FIRST_PORT = 20_000;
const PORTS = 12_000;

/** A port that nobody holds at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
