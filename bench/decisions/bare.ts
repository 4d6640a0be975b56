/** The floor under every server: reads the body, answers bytes it was given. Run as a process of its own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let answer = Buffer.from("{}");
const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on("message", (bytes: string) => {
  answer = Buffer.from(bytes);
  process.send!({ ready: true });
});
