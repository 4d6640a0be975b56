/**
 * A mail server that takes everything and keeps nothing but a count: just enough SMTP (RFC 5321) to be cheap, and commands
 * in groups (RFC 2920) as every common server takes them. Listens on PORT of 127.0.0.1 and answers "count" by a message
 * to its parent.
 */
import { createServer, type Socket } from "node:net";

let mails = 0;

function serve(socket: Socket): void {
  let isData = false;
  let tail = "";
  socket.setNoDelay(true);
  socket.write("220 sink ESMTP\r\n");
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    let text = tail + chunk.toString("latin1");
    tail = "";
    while (text.length > 0) {
      if (isData) {
        const end = text.indexOf("\r\n.\r\n");
        if (end < 0) {
          tail = text.slice(-4);
          return;
        }
        mails++;
        isData = false;
        text = text.slice(end + 5);
        socket.write("250 taken\r\n");
        continue;
      }
      const end = text.indexOf("\r\n");
      if (end < 0) {
        tail = text;
        return;
      }
      isData = answer(socket, text.slice(0, end));
      text = text.slice(end + 2);
    }
  });
}

/** @returns whether the mail itself comes next */
function answer(socket: Socket, line: string): boolean {
  const verb = line.slice(0, 4).toUpperCase();
  if (verb === "DATA") socket.write("354 go on\r\n");
  else if (verb === "EHLO") socket.write("250-sink\r\n250 PIPELINING\r\n");
  else if (verb === "QUIT") socket.end("221 bye\r\n");
  else socket.write("250 ok\r\n");
  return verb === "DATA";
}

createServer(serve).listen(Number(process.env.PORT), "127.0.0.1");
process.on("message", () => process.send!({ mails }));
