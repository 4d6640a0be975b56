import { JSDOM } from "jsdom";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { surveyLink } from "#app/surveys/survey-link";
import { stopSurvey } from "#app/surveys/surveys.server";
import type { Survey } from "#app/surveys/survey";
import { anOrder } from "../../../tests/factories/orders";
import { aShop } from "../../../tests/factories/shop";
import { aLiveSurvey, responsesOf } from "../../../tests/factories/surveys";
import { action, loader } from "./route";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

type Linked = { score?: number; locale?: "en" | "de" | "fr" | "es"; expiresAt?: Date; orderGid?: string };

function linkTo(shop: Shop, survey: Survey, linked: Linked = {}): URL {
  const { orderGid = "gid://shopify/Order/1001", locale = "en", ...rest } = linked;
  const invitation = {
    shopId: shop.id,
    surveyId: survey.id,
    orderGid,
    personKey: `order:${orderGid}`,
    locale,
  };
  const link = surveyLink({
    ...invitation,
    ...rest,
    appUrl: "https://app.example",
    secret: env().ENCRYPTION_KEY,
  });
  return new URL(link);
}

function args(url: URL, init: RequestInit = {}) {
  return { request: new Request(url, init), params: { token: url.pathname.slice(3) }, context: {} };
}

async function open(url: URL) {
  const response = await loader(args(url));
  return { response, page: new JSDOM(await response.text()).window.document };
}

async function send(url: URL, form: Record<string, string> | [string, string][]): Promise<Response> {
  return action(args(url, { method: "POST", body: new URLSearchParams(form) }));
}

const checked = (page: Document) =>
  [...page.querySelectorAll<HTMLInputElement>("input")]
    .filter((input) => input.defaultChecked)
    .map(({ value }) => value);
const heading = (page: Document) => page.querySelector("h1")?.textContent;

test("opening the page records nothing, however often and with whatever score", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  for (const score of [0, 3, 10]) {
    const { response, page } = await open(linkTo(shop, survey, { score }));
    expect(response.status).toBe(200);
    expect(checked(page)).toEqual([String(score)]);
  }
  expect(await responsesOf(shop)).toEqual([]);
});

test("sending the form records score and comment once, then thanks", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const order = await anOrder(shop);
  const link = linkTo(shop, survey, { score: 9, orderGid: order.gid });
  const sent = await send(link, { recommend: "10", reason: "  Fast & <b>kind</b>  " });
  expect(sent.status).toBe(303);
  const { page } = await open(new URL(sent.headers.get("location")!, link));
  expect(heading(page)).toBe("Thank you!");
  expect(await responsesOf(shop)).toMatchObject([
    {
      score: 10,
      comment: "Fast & <b>kind</b>",
      channel: "email",
      customerGid: order.customerGid,
      complete: true,
    },
  ]);

  expect(heading((await open(link)).page)).toBe("You have already answered");
  const again = await send(link, { recommend: "1" });
  expect(await again.text()).toContain("You have already answered");
  expect(await responsesOf(shop)).toMatchObject([{ score: 10 }]);
});

test("a form without its required answer comes back with the problem and what was written", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const sent = await send(linkTo(shop, survey, { locale: "de" }), { reason: 'Weil "es" <so> ist' });
  expect(sent.status).toBe(422);
  const page = new JSDOM(await sent.text()).window.document;
  expect(page.querySelector("textarea")!.value).toBe('Weil "es" <so> ist');
  const [problem] = page.querySelectorAll<HTMLAnchorElement>("[role=alert] a");
  expect(problem!.textContent).toContain("Bitte beantworten Sie diese Frage.");
  const field = page.getElementById(problem!.hash.slice(1))!;
  const group = field.closest("fieldset")!;
  const notes = group.getAttribute("aria-describedby")!.split(" ");
  expect(notes.map((id) => page.getElementById(id)?.textContent)).toContain(
    "Bitte beantworten Sie diese Frage.",
  );
});

test.each([
  ["en", "Your opinion", "How likely are you to recommend us to a friend?"],
  ["de", "Ihre Meinung", "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?"],
  ["fr", "Votre avis", "Quelle est la probabilité que vous nous recommandiez à un proche ?"],
  ["es", "Su opinión", "¿Qué probabilidad hay de que nos recomiende a un amigo?"],
] as const)("the page speaks %s", async (locale, title, question) => {
  const shop = await aShop();
  const { page } = await open(linkTo(shop, await aLiveSurvey(shop), { locale }));
  expect(page.documentElement.lang).toBe(locale);
  expect(heading(page)).toBe(title);
  expect(page.querySelector("legend")!.textContent!.trim()).toBe(question);
});

test("choices, one or several, arrive as they were made", async () => {
  const shop = await aShop();
  const [choice] = (await aLiveSurvey(await aShop(), { starter: "post-purchase" })).questions;
  const questions = [choice!, { ...choice!, id: "also", type: "multi" as const }];
  const survey = await aLiveSurvey(shop, { starter: "post-purchase", questions });
  const form: [string, string][] = [
    ["source", "friends"],
    ["also", "search"],
    ["also", "press"],
    ["stranger", "x"],
  ];
  expect((await send(linkTo(shop, survey), form)).status).toBe(303);
  expect(await responsesOf(shop)).toMatchObject([
    { answers: { source: "friends", also: ["search", "press"] } },
  ]);
});

test("a paused survey, a late link and an uninstalled shop say that it is over", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const late = linkTo(shop, survey, { expiresAt: new Date("2026-01-01T00:00:00Z") });
  expect((await open(late)).response.status).toBe(410);
  expect((await send(late, { recommend: "9" })).status).toBe(410);

  const link = linkTo(shop, survey);
  await inShop(shop.id, (tx) => stopSurvey(tx, shop.id, survey.id, "paused", new Date()));
  expect(heading((await open(link)).page)).toBe("This survey has ended");
  expect((await send(link, { recommend: "9" })).status).toBe(410);

  await prisma.shop.update({ where: { id: shop.id }, data: { status: "uninstalled" } });
  expect((await open(link)).response.status).toBe(410);
  expect(await responsesOf(shop)).toEqual([]);
});

test("a forged link, and a link of another shop's survey, lead nowhere", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop);
  const forged = new URL(linkTo(shop, survey));
  forged.pathname = forged.pathname.slice(0, -3) + "abc";
  expect((await open(forged)).response.status).toBe(404);
  expect((await send(forged, { recommend: "9" })).status).toBe(404);
  expect((await send(linkTo(other, survey), { recommend: "9" })).status).toBe(410);
  expect([...(await responsesOf(shop)), ...(await responsesOf(other))]).toEqual([]);
});

test("an endless body is refused", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  expect((await send(linkTo(shop, survey), { reason: "x".repeat(70_000) })).status).toBe(413);
});

test("the page may load nothing but pictures, and its address goes to nobody", async () => {
  const shop = await aShop();
  const { response, page } = await open(linkTo(shop, await aLiveSurvey(shop)));
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(page.querySelector("script")).toBeNull();
});
