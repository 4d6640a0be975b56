/** The floor under every server: reads the body, and answers the bytes it was given in ANSWER. */
import { createServer } from "node:http";

const answer = Buffer.from(process.env.ANSWER!);
const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length });
    response.end(answer);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1");
