import { createHash } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirectDocument } from "@remix-run/node";
import { renderToStaticMarkup } from "react-dom/server";
import { inShop } from "#app/db/in-shop.server";
import { isDatabaseAway } from "#app/db/pool.server";
import type { ShopId, Tx } from "#app/db/tx";
import { env } from "#app/env.server";
import { awayResponse } from "#app/http/away-page.server";
import { log } from "#app/log.server";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { Answers } from "#app/surveys/check-answers";
import { scoredQuestion } from "#app/surveys/question";
import { readSurveyLink, type SurveyInvitation } from "#app/surveys/survey-link";
import {
  openSurvey,
  questionsIn,
  responseOf,
  submitResponse,
  surveyById,
  type SubmitResult,
} from "#app/surveys/surveys.server";
import { inWordsFor } from "#app/surveys/words-for.server";
import { readAnswers } from "./read-answers.server";
import { pageStyles } from "./page-styles";
import { SurveyPage, type PageShop, type PageState } from "./survey-page";

/**
 * A survey answered from a mail: no log-in, no script. Opening the page records nothing, not even a score that stands
 * in the link, because mail scanners and previews open links too; only sending the form does.
 */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const invitation = invitationOf(params.token);
  const url = new URL(request.url);
  if (!invitation) return page({ shop: NO_SHOP, locale: browserLocale(request) }, { kind: "unknown" }, 404);
  return whileAway(request, () =>
    inShop(invitation.shopId, async (tx) => {
      const shop = await pageShop(tx, invitation.shopId);
      if (!shop) return page({ shop: NO_SHOP, locale: invitation.locale }, { kind: "closed" }, 410);
      const state = await stateOf(tx, invitation, url.searchParams, new Date());
      return page({ shop, locale: invitation.locale }, state, state.kind === "closed" ? 410 : 200);
    }),
  );
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const invitation = invitationOf(params.token);
  if (!invitation) return page({ shop: NO_SHOP, locale: browserLocale(request) }, { kind: "unknown" }, 404);
  const now = new Date();
  const { shopId, locale, orderGid } = invitation;
  return whileAway(request, () =>
    inShop(shopId, async (tx) => {
      const shop = await pageShop(tx, shopId);
      const survey = await surveyById(tx, shopId, invitation.surveyId);
      if (!shop || !survey || isOver(invitation, now)) {
        return page({ shop: shop ?? NO_SHOP, locale }, { kind: "closed" }, 410);
      }
      const answers = await readAnswers(request, survey.questions);
      if (!answers) return new Response("Too large", { status: 413 });
      const result = await record(tx, invitation, answers, now);
      if (result.status === "recorded") return redirectDocument(`/s/${params.token}?done=1`, 303);
      if (result.status === "already-answered") return page({ shop, locale }, { kind: "answered" });
      if (result.status !== "invalid") return page({ shop, locale }, { kind: "closed" }, 410);
      const asked = await inWordsFor(tx, shopId, survey, invitation.personKey);
      const questions = await questionsIn(tx, shopId, asked, { locale, orderGid });
      return page({ shop, locale }, { kind: "form", questions, answers, problems: result.problems }, 422);
    }),
  );
}

/** A shopper gets a page in any case. */
async function whileAway(request: Request, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    log.error({ error: String(error) }, "survey page: database away");
    return awayResponse(request);
  }
}

/** The token is the whole permission: signed by us, or worthless. */
function invitationOf(token: string | undefined): SurveyInvitation | null {
  return readSurveyLink(token ?? "", env().ENCRYPTION_KEY);
}

function isOver({ expiresAt }: SurveyInvitation, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

async function stateOf(
  tx: Tx,
  invitation: SurveyInvitation,
  query: URLSearchParams,
  now: Date,
): Promise<PageState> {
  const { shopId, surveyId, orderGid, personKey, locale } = invitation;
  const response = await responseOf(tx, shopId, surveyId, { orderGid, claim: null });
  if (response?.complete) return { kind: query.has("done") ? "thanks" : "answered" };
  const survey = await openSurvey(tx, shopId, surveyId, now);
  if (!survey || isOver(invitation, now)) return { kind: "closed" };
  const answers = { ...(response?.answers as Answers | undefined) };
  const scored = scoredQuestion(survey.questions);
  if (scored && /^\d{1,2}$/.test(query.get("score") ?? "")) answers[scored.id] = Number(query.get("score"));
  const [first] = survey.questions;
  const choice = first?.type === "single" && first.options.find(({ id }) => id === query.get("choice"));
  if (choice) answers[first.id] = choice.id;
  const asked = await inWordsFor(tx, shopId, survey, personKey);
  const questions = await questionsIn(tx, shopId, asked, { locale, orderGid });
  return { kind: "form", questions, answers, problems: [] };
}

/** The link is proof enough: we signed it for this order and sent it to its buyer. */
async function record(
  tx: Tx,
  invitation: SurveyInvitation,
  answers: Answers,
  now: Date,
): Promise<SubmitResult> {
  const { shopId, surveyId, orderGid, personKey, locale } = invitation;
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    select: { customerGid: true },
  });
  const addressed = personKey.startsWith("gid://") ? personKey : null;
  const by = { orderGid, customerGid: order?.customerGid ?? addressed, claim: null };
  return submitResponse(tx, shopId, { surveyId, by, channel: "email", locale, answers, complete: true }, now);
}

const NO_SHOP: PageShop = { name: "", logoUrl: "", colour: "#1f4d3d" };

/** @returns null where the shop no longer has the app */
async function pageShop(tx: Tx, shopId: ShopId): Promise<PageShop | null> {
  const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { name: true, status: true } });
  if (shop?.status !== "installed") return null;
  const { brand } = await settingsOf(tx, shopId);
  return { name: shop.name, logoUrl: brand.logoUrl, colour: brand.primaryColor };
}

function browserLocale(request: Request): Locale {
  return nearestLocale(request.headers.get("accept-language"));
}

function page(to: { shop: PageShop; locale: Locale }, state: PageState, status = 200): Response {
  const html = `<!doctype html>${renderToStaticMarkup(<SurveyPage {...to} state={state} />)}`;
  const style = createHash("sha256").update(pageStyles(to.shop.colour)).digest("base64");
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // The address is a key: it goes to nobody.
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex",
      "content-security-policy": [
        "default-src 'none'",
        `style-src 'sha256-${style}'`,
        "img-src https: http: data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
    },
  });
}
