import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { inShop } from "#app/db/in-shop.server";
import { QUESTION_DAYS, QuestionSchema } from "#app/decisions/evaluation/question";
import { askWhatIf, giveUpWhatIfs, latestWhatIfs } from "#app/decisions/what-if.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { listOffers } from "#app/offers/offers.server";
import { settingsOf } from "#app/shops/shops.server";
import { BlockStack, Box, Card, Page, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { AnswerCard } from "./answer-card";
import { QuestionForm } from "./question-form";

export const meta: MetaFunction = () => [{ title: "What would have happened if… · Postlude" }];

const SHOWN = 20;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    await giveUpWhatIfs(tx, shop.id, new Date());
    const offers = (await listOffers(tx, shop.id)).map(({ id, name }) => ({ id, name }));
    const { offerFloor } = await settingsOf(tx, shop.id);
    const answers = await latestWhatIfs(tx, shop.id, SHOWN);
    const { currency, timezone } = shop;
    return { offers, offerFloor, answers, days: QUESTION_DAYS, currency, timezone, locale };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, QuestionSchema);
  if (!body.ok) return { problems: body.problems } satisfies SaveResult;
  await inShop(shop.id, (tx) => askWhatIf(tx, shop.id, body.value, new Date()));
  return { problems: {}, saved: "Looking at the log" } satisfies SaveResult;
}

export default function WhatIfPage() {
  const { offers, offerFloor, answers, days, ...reader } = useLoaderData<typeof loader>();
  const isWorking = answers.some(({ status }) => status === "waiting" || status === "running");
  useFreshData(isWorking);
  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title="What would have happened if…"
      subtitle={`Looks at the decisions of the last ${days} days with other rules. Nothing changes for your shoppers.`}
    >
      <BlockStack gap="400">
        <QuestionForm offers={offers} floor={offerFloor} />
        {answers.length === 0 && <HowItWorks />}
        {answers.map((answer) => (
          <AnswerCard key={answer.id} answer={answer} {...reader} />
        ))}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

const EVERY_MS = 2_000;

/** Reads again while the job works, so that its progress moves. */
function useFreshData(isWorking: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isWorking || state !== "idle") return;
    const timer = setTimeout(revalidate, EVERY_MS);
    return () => clearTimeout(timer);
  }, [isWorking, state, revalidate]);
}

function HowItWorks() {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          An answer from what already happened
        </Text>
        <Text as="p">
          Every decision was drawn by chance, and the probabilities were written down. So the log also tells
          what other rules would have earned: decisions that they would have taken more often count more.
          Where the log says too little, you get no number, but the reason.
        </Text>
      </BlockStack>
    </Card>
  );
}
