/**
 * The whole path, played in a real browser against the demo: install, import, order, thank-you page, webhooks, mails,
 * order status page, analytics, uninstall, reinstall, privacy. `npm run demo -- --script` prints a line per step.
 */
import type { Buyer } from "./shopper.ts";
import { openStage } from "./stage.ts";
import {
  answerFromMail,
  deliveredMail,
  orderStatus,
  shippedMail,
  thankYouMail,
  webhooks,
} from "./steps/after.ts";
import { analytics, refund, useCode } from "./steps/figures.ts";
import { importHistory, install } from "./steps/install.ts";
import { privacy, reinstall, unsubscribe } from "./steps/leaving.ts";
import type { Play, PlayedDemo } from "./steps/play.ts";
import { acceptOffer, answerSurvey, joinLoyalty, order } from "./steps/thank-you.ts";

type Step = [title: string, play: (play: Play) => Promise<string | void>];

/** Plays every step in order; stops at the first that fails. @returns whether all passed */
export async function playMainPath(demo: PlayedDemo): Promise<boolean> {
  const stage = await openStage(demo.urls.store, "artifacts/main-path");
  // A buyer of this run only, so that the script can be played again on the same store.
  const buyer: Buyer = {
    email: `ada.${Date.now().toString(36)}@example.com`,
    firstName: "Ada",
    lastName: "Byron",
    marketing: true,
  };
  const play: Play = {
    stage,
    demo,
    buyer,
    notes: { orderId: 0, statusPath: "", cartUrl: "", unsubscribe: "" },
  };
  let passed = 0;
  try {
    for (const [title, act] of STEPS) {
      const started = performance.now();
      try {
        const detail = await act(play);
        const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
        console.log(`  ✓ ${seconds} s  ${title}${detail ? ` (${detail})` : ""}`);
        passed++;
      } catch (error) {
        console.error(`  ✗ ${title}\n${(error as Error).stack}`);
        await stage.screenshot(stage.merchant, "failed-merchant");
        await stage.screenshot(stage.shopper, "failed-shopper");
        break;
      }
    }
  } finally {
    await stage.close();
  }
  const failed = STEPS.length - passed;
  console.log(`${passed} passed, ${failed} failed. Screenshots: artifacts/main-path/`);
  return failed === 0;
}

const STEPS: Step[] = [
  ["The merchant opens the app and sets it up", install],
  ["Past orders are imported, across restarts of both processes", importHistory],
  ["A shopper buys and sees one fitting offer", order],
  ["They take the offer and get a code of their own", acceptOffer],
  ["They answer the question", answerSurvey],
  ["They join the points programme", joinLoyalty],
  ["Webhooks arrive twice and in disorder, and count once", webhooks],
  ["The thank-you mail arrives, with one-click unsubscribe", thankYouMail],
  ["The parcel leaves; the shopper is told", shippedMail],
  ["The parcel arrives; two hours later they are asked how it went", deliveredMail],
  ["They answer from the mail", answerFromMail],
  ["The order status page shows delivery, points and the code", orderStatus],
  ["The code works in the cart, once, and the order is attributed", useCode],
  ["A refund is taken off the revenue and the points", refund],
  ["The analytics show it all", analytics],
  ["One click unsubscribes", unsubscribe],
  ["Privacy requests are answered", privacy],
  ["Uninstalling stops everything; installing again resumes", reinstall],
];
