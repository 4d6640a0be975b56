import type { LoaderFunctionArgs } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { textIn, type Question } from "#app/surveys/question";
import { listResponses, surveyById, type ListedResponse } from "#app/surveys/surveys.server";
import { periodOf } from "./app.surveys.$id.results/period.server";

const PAGE = 1_000;

/** All finished responses of the period as CSV, read and written page by page. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await requireShop(request);
  const { surveyId, from, to } = periodOf(request, params, shop.timezone, new Date());
  const survey = await inShop(shop.id, (tx) => surveyById(tx, shop.id, surveyId));
  if (!survey) throw new Response("No such survey", { status: 404 });

  let after: string | undefined;
  const rows = new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(encode([headings(survey.questions)])),
    pull: async (out) => {
      const period = { from, to, after, limit: PAGE };
      const responses = await inShop(shop.id, (tx) => listResponses(tx, shop.id, survey.id, period));
      if (responses.length > 0) out.enqueue(encode(responses.map((one) => csvRow(survey.questions, one))));
      after = responses.at(-1)?.id;
      if (responses.length < PAGE) out.close();
    },
  });
  return new Response(rows, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="survey-${survey.key}.csv"`,
      "cache-control": "no-store",
    },
  });
}

/** Spreadsheets would run a cell that begins like a formula: such cells get an apostrophe in front. */
function encode(rows: unknown[][]): Uint8Array {
  return new TextEncoder().encode(stringify(rows, { escape_formulas: true }));
}

function headings(questions: Question[]): string[] {
  return [
    "Answered at (UTC)",
    "Order",
    "Customer",
    "Channel",
    "Language",
    "Score",
    ...questions.map((question) => textIn(question.text, "en")),
  ];
}

function csvRow(questions: Question[], response: ListedResponse): unknown[] {
  const { answeredAt, orderGid, customerGid, channel, locale, score, answers } = response;
  return [
    answeredAt.toISOString(),
    numberOf(orderGid),
    numberOf(customerGid),
    channel,
    locale,
    score,
    ...questions.map((question) => answerText(question, answers[question.id])),
  ];
}

/** "gid://shopify/Order/1001" → "1001" */
function numberOf(gid: string | null): string {
  return gid?.split("/").at(-1) ?? "";
}

function answerText(
  question: Question,
  answer: ListedResponse["answers"][string] | undefined,
): string | number {
  if (answer === undefined || typeof answer === "number") return answer ?? "";
  const label = (id: string) => {
    const option = question.options.find((one) => one.id === id);
    return option ? textIn(option.text, "en") : id;
  };
  return [answer].flat().map(label).join("; ");
}
