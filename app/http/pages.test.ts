import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { pageHandler } from "./pages.server";

test("browsers that ask for an icon by themselves get none, without a page being looked for", async () => {
  const asked: string[] = [];
  const pages = pageHandler(() => {
    asked.push("page");
    throw new Error("no build");
  });
  const web = createServer(pages);
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const { port } = web.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/favicon.ico`);
  await new Promise((resolve) => web.close(resolve));
  expect([answer.status, await answer.text(), asked]).toEqual([204, "", []]);
});
