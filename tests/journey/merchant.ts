/** What the merchant does in the admin. */
import type { Stage } from "./stage.ts";

/** Opens a page of the app in the admin and waits until it can be used. */
export async function openApp({ merchant, app, storeUrl }: Stage, path = "/app"): Promise<void> {
  await merchant.goto(`${storeUrl}/admin/app${path}`);
  await app.getByRole("heading", { level: 1 }).first().waitFor();
  await waitForHydration(app);
}

/** A page is drawn by the server first; before React has taken it over a click does nothing. */
async function waitForHydration(app: Stage["app"]): Promise<void> {
  const body = app.locator("body");
  for (let tries = 0; tries < 300; tries++) {
    const hydrated = await body.evaluate((element) =>
      [element.ownerDocument, ...element.querySelectorAll("*")].some((node) =>
        Object.keys(node).some((key) => key.startsWith("__reactContainer") || key.startsWith("__reactFiber")),
      ),
    );
    if (hydrated) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the page was never hydrated");
}

const STEPS = 5;

/** Goes through the onboarding, deciding each step. */
export async function setUp(stage: Stage): Promise<void> {
  const { app, merchant, screenshot } = stage;
  await openApp(stage);
  for (let step = 1; step <= STEPS; step++) {
    await app.getByText(`Step ${step} of ${STEPS}`).waitFor();
    if (step === 1) {
      await app.getByLabel("Sender name").fill("Hearth & Home");
      await app.getByLabel("Postal address").fill("Hearth & Home, 1 Mill Lane, Portland");
      await screenshot(merchant, "onboarding");
    }
    await app.getByRole("button", { name: /^Save and (go on|finish)$/ }).click();
  }
  await app.getByText("Set-up guide").waitFor();
}

/** A figure of the offers on the analytics page, as a number in major units. */
export async function offerFigure(stage: Stage, label: "Orders" | "Net revenue"): Promise<number> {
  await openApp(stage, "/app/analytics");
  const text = await stage.app.locator("main").innerText();
  const offers = text.slice(text.indexOf("Offers"), text.indexOf("Surveys"));
  const value = new RegExp(`${label}\\s+(\\S+)`).exec(offers)?.[1];
  return value ? Number(value.replaceAll(/[^\d.-]/g, "")) : 0;
}
