/** Installing, setting up, importing. */
import { openApp, setUp } from "../merchant.ts";
import type { Play } from "./play.ts";

export async function install({ stage }: Play) {
  await openApp(stage);
  const { merchant, app } = stage;
  if (await app.getByText(/^Step 1 of/).count()) await setUp(stage);
  await stage.screenshot(merchant, "home-after-setup");
}

export async function importHistory({ stage, demo }: Play) {
  await demo.restart?.("worker");
  await demo.restart?.("web");
  const { app, merchant, until } = stage;
  await openApp(stage);
  await until("the end of the import", async () => {
    const running = await app.getByText("Learning from your past orders").count();
    return running === 0;
  });
  await stage.screenshot(merchant, "home");
}
