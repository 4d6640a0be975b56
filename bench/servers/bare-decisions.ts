/**
 * The floor under every server: reads the body, and answers the bytes it was given in ANSWER. In as many processes as
 * ours, so that both have the whole machine.
 */
import { createServer } from "node:http";
import { inProcesses, processCount } from "../../scripts/processes/in-processes.ts";

const answer = Buffer.from(process.env.ANSWER!);
const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
    response.end(answer);
  });
});
if (!inProcesses(processCount())) server.listen(Number(process.env.PORT), "127.0.0.1");
