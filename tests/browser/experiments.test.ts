/** An experiment from the empty page to the winner that stays and is taken back, and a question about the past. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
const faults: string[] = [];

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/experiments");
});
afterAll(() => stage.close());

function appFrame(): Frame {
  return stage.merchant.frames().find((one) => one.parentFrame() !== null && /\/app/.test(one.url()))!;
}

async function look(name: string): Promise<void> {
  await stage.screenshot(stage.merchant, name);
  faults.push(...(await accessibilityFaults(appFrame())).map((fault) => `${name}: ${fault}`));
}

test(
  "a subject line is put to the test in four steps, kept, and taken back",
  { timeout: 240_000 },
  async () => {
    const { app } = stage;
    await openApp(stage, "/app/experiments");
    await look("list");
    await app
      .getByRole("link", { name: /New experiment|Start your first experiment/ })
      .first()
      .click();
    await app.getByLabel("What to test").selectOption({ label: "Email" });
    await app.getByLabel("Which email").selectOption({ label: "Thank you" });

    await app.getByRole("button", { name: "Start", exact: true }).click();
    await app.getByText("Change something here, otherwise there is nothing to compare.").first().waitFor();
    await look("refused");
    await app.getByLabel(/^Subject line/).fill("We are packing {{ order.name }}");
    await app.getByRole("button", { name: "Start", exact: true }).click();

    await app.getByText("What must not get worse").waitFor();
    await app.getByText("Too early: about 200 more shoppers are needed.").waitFor();
    await look("results");
    await app.getByRole("button", { name: "Keep this one: Changed" }).click();
    await app.getByText("“Changed” stays, for everybody.").waitFor();
    await look("kept");
    await app.getByRole("button", { name: "Take back" }).click();
    await app.getByText("Stopped", { exact: true }).waitFor();
  },
);

test(
  "a question about the past is worked on in the background and answered in words",
  { timeout: 240_000 },
  async () => {
    const { app } = stage;
    await openApp(stage, "/app/offers/what-if");
    await app
      .getByLabel("What would have happened if…")
      .selectOption({ label: "…everybody had got what is taken most" });
    await app.getByRole("button", { name: "Look at the log" }).click();
    await app.getByRole("heading", { name: "Always what is taken most" }).first().waitFor();
    await app.getByText("The log cannot answer this").first().waitFor();
    await look("what-if");
  },
);

test("all of it is accessible", () => expect(faults).toEqual([]));
