import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { CASE_LABELS, MOST_CHARACTERS, type CaseSource, type CaseType } from "#app/cases/case";
import { caseById, giveCase, noteOnCase, reopenCase, solveCase } from "#app/cases/cases.server";
import { replyToCase } from "#app/cases/reply.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import { pageProblem, requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { CASE_STATES, clockWords, SOURCE_WORDS } from "#app/ui/case-words";
import { Badge, BlockStack, Box, Card, InlineGrid, InlineStack, Link, Page, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { useSteps } from "#app/ui/steps";
import { reasonText } from "#app/ui/message-words";
import { Entries } from "./entries";
import { OwnerForm } from "./owner-form";
import { WriteForm } from "./write-form";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? CASE_LABELS[data.type as CaseType] : "Case"} · Postlude` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = z.uuid().safeParse(params.id);
  const found = id.success ? await inShop(shop.id, (tx) => caseById(tx, shop.id, id.data)) : null;
  if (!found) throw pageProblem(404, "There is no such case.");
  return { ...found, locale, timezone: shop.timezone, now: Date.now() };
}

const text = z
  .string()
  .trim()
  .min(1, "Write something first.")
  .max(MOST_CHARACTERS, `Use at most ${MOST_CHARACTERS} characters.`);
const Body = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("reply"), replyId: z.uuid(), text, solves: z.boolean() }),
  z.object({ intent: z.literal("note"), text }),
  z.object({
    intent: z.literal("give"),
    owner: z.string().trim().max(60, "Use at most 60 characters."),
  }),
  z.object({ intent: z.enum(["solve", "reopen"]) }),
]);
export type CaseForm = z.infer<typeof Body>;

const GONE = { problems: { "": "This case is no longer there." } };

export async function action({ request, params }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return { problems: form.problems };
  const caseId = z.uuid().parse(params.id);
  const input = form.value;
  const now = new Date();
  return inShop(shop.id, async (tx): Promise<SaveResult> => {
    switch (input.intent) {
      case "reply": {
        const { replyId, text, solves } = input;
        const config = { secret: env().ENCRYPTION_KEY, now };
        const reply = { caseId, replyId, text, staffId, solves };
        const result = await replyToCase(tx, shop.id, reply, config);
        if (result.status === "not-sent")
          return { problems: { text: `Not sent: ${reasonText(result.reason)}` } };
        if (result.status === "gone") return GONE;
        return { problems: {}, saved: solves ? "Answered and solved" : "Answer is on its way" };
      }
      case "note":
        return (await noteOnCase(tx, shop.id, caseId, { text: input.text, staffId }, now))
          ? { problems: {}, saved: "Noted" }
          : GONE;
      case "give":
        return (await giveCase(tx, shop.id, caseId, input.owner))
          ? { problems: {}, saved: "Owner saved" }
          : GONE;
      case "solve":
        return (await solveCase(tx, shop.id, caseId, staffId, now))
          ? { problems: {}, saved: "Solved" }
          : { problems: { "": "This case is solved already." } };
      case "reopen": {
        const { status } = await reopenCase(tx, shop.id, caseId, staffId, now);
        if (status === "reopened") return { problems: {}, saved: "Open again" };
        const why =
          status === "another"
            ? "Another case of this kind is open for the order."
            : "This case is not solved.";
        return { problems: { "": why } };
      }
    }
  });
}

export default function CasePage() {
  const data = useLoaderData<typeof loader>();
  const { id, type, state, source, customer, customerGid, orderName, entries, email, locale, timezone } =
    data;
  const { take, busy } = useSteps<"solve" | "reopen">({ solve: "reopen" });
  const clock = clockWords(data.answerDueAt, data);
  const { label, tone } = CASE_STATES[state];
  const isSolved = state === "solved";
  return (
    <Page
      title={CASE_LABELS[type as CaseType] ?? type}
      subtitle={[orderName, SOURCE_WORDS[source as CaseSource]].filter(Boolean).join(" · ")}
      backAction={{ content: "Cases", url: "/app/cases" }}
      primaryAction={{
        content: isSolved ? "Open again" : "Solve",
        loading: busy,
        onAction: () => take(isSolved ? "reopen" : "solve", id),
      }}
    >
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400">
        <BlockStack gap="400">
          <Entries
            entries={entries}
            source={source}
            customer={customer}
            locale={locale}
            timezone={timezone}
          />
          <WriteForm email={email} isSolved={isSolved} />
        </BlockStack>
        {/* As high as it is, not as its neighbour. */}
        <div>
          <Card>
            <BlockStack gap="400">
              <InlineStack gap="200">
                <Badge tone={tone}>{label}</Badge>
                {clock && <Badge tone={clock.tone}>{clock.text}</Badge>}
              </InlineStack>
              <BlockStack gap="050">
                <Text as="h2" variant="headingSm">
                  {customer ?? "Unknown shopper"}
                </Text>
                {customerGid && (
                  <Link url={`/app/customers/${customerGid.split("/").at(-1)}`}>Everything about them</Link>
                )}
                <Text as="p" tone="subdued">
                  {isSolved
                    ? "Offers and marketing are allowed again."
                    : "No offers and no marketing until it is solved."}
                </Text>
              </BlockStack>
              <OwnerForm owner={data.owner} />
            </BlockStack>
          </Card>
        </div>
      </InlineGrid>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
