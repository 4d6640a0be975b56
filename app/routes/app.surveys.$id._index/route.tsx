import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { requireShop } from "#app/http/admin.server";
import { readForm, withoutPrefix } from "#app/http/form.server";
import { mainLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { SurveyFormSchema } from "#app/surveys/survey";
import { publishSurvey, saveSurvey, stopSurvey, surveyById } from "#app/surveys/surveys.server";
import { useDraft } from "#app/ui/draft";
import { BlockStack, Box, Layout, Page } from "#app/ui/polaris";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { STALE, useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { SurveyStatus } from "#app/ui/survey-status";
import { LanguageTabs } from "./language-tabs";
import { QuestionList } from "./question-list";
import { SurveyPreview } from "./survey-preview";
import { SurveySettings } from "./survey-settings";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const survey = await surveyById(tx, shop.id, idOf(params));
    if (!survey) throw new Response("No such survey", { status: 404 });
    const { brand, locales } = await settingsOf(tx, shop.id);
    const { name, surfaces, timing, cooldownDays, questions, id, status, updatedAt } = survey;
    const form = { name, surfaces, timing, cooldownDays, questions };
    const look = { name: shop.name, logoUrl: brand.logoUrl, colour: brand.primaryColor };
    const spoken = locales.length > 0 ? locales : (["en"] satisfies Locale[]);
    return { id, status, form, look, locales: spoken, seen: updatedAt.toISOString() };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.form.name ?? "Survey"} · Postlude` },
];

const Body = z.discriminatedUnion("intent", [
  /** `seen`: when the survey was last changed as this page knows it; null: over whatever is stored. */
  z.object({
    intent: z.enum(["save", "publish"]),
    form: SurveyFormSchema,
    seen: z.coerce.date<string>().nullable(),
  }),
  z.object({ intent: z.literal("pause") }),
  z.object({ intent: z.literal("archive") }),
]);
type Body = z.infer<typeof Body>;
type Wish = z.input<typeof Body>;

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: withoutPrefix(body.problems) } satisfies SaveResult;
  const result = await inShop(shop.id, (tx) => carryOut(tx, shop.id, idOf(params), body.value, new Date()));
  if (result.status === "missing") throw new Response("No such survey", { status: 404 });
  if (result.status === "changed") return STALE;
  if (result.status === "invalid") return { problems: result.problems } satisfies SaveResult;
  await shopChanged(shop.id);
  if (body.value.intent === "archive") return redirect(`/app/surveys?archived=${idOf(params)}`);
  return { problems: {}, saved: DONE[body.value.intent] } satisfies SaveResult;
}

const DONE = { save: "Survey saved", publish: "Survey is live", pause: "Survey paused" };

async function carryOut(tx: Tx, shopId: ShopId, id: string, body: Body, now: Date) {
  if (body.intent === "pause") return stopSurvey(tx, shopId, id, "paused", now);
  if (body.intent === "archive") return stopSurvey(tx, shopId, id, "archived", now);
  const saved = await saveSurvey(tx, shopId, id, body.form, now, body.seen ?? undefined);
  return body.intent === "publish" && saved.status === "saved" ? publishSurvey(tx, shopId, id, now) : saved;
}

/** An id that is no UUID belongs to no survey. */
function idOf(params: { id?: string }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such survey", { status: 404 });
  return id.data;
}

export const shouldRevalidate = keepWhatWasRefused;

export default function SurveyBuilder() {
  const { id, status, form, look, locales, seen } = useLoaderData<typeof loader>();
  const draft = useDraft(form);
  const { save, saving, problems, result } = useSave<Wish>();
  const [locale, setLocale] = useState<Locale>(locales[0]!);
  const speech = { locale, main: mainLocale(locales) };
  const { value, set } = draft;
  const isLive = status === "live";
  // Problems name questions by their place: once a question was moved or removed they would stand at the wrong one.
  const [sentOrder, setSentOrder] = useState("");
  const order = value.questions.map((question) => question.id).join();
  const shownProblems = sentOrder === order ? problems : {};
  const send = (intent: "save" | "publish", over: string | null = seen) => {
    setSentOrder(order);
    save({ intent, form: value, seen: over });
  };

  return (
    <Page
      backAction={{ content: "Surveys", url: "/app/surveys" }}
      title={form.name}
      titleMetadata={<SurveyStatus status={status} />}
      primaryAction={
        isLive
          ? { content: "Pause", onAction: () => save({ intent: "pause" }), loading: saving }
          : { content: "Publish", onAction: () => send("publish"), loading: saving }
      }
      secondaryActions={[
        { content: "Results", url: `/app/surveys/${id}/results` },
        { content: "Archive", onAction: () => save({ intent: "archive" }), disabled: saving },
      ]}
    >
      <UnsavedChanges
        id="survey"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => send("save")}
        onDiscard={() => {
          setSentOrder("");
          draft.reset();
        }}
      />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Refusal
              result={result}
              problems={shownProblems}
              what="this survey"
              onMine={() => send("save", null)}
            />
            <LanguageTabs
              locales={locales}
              questions={value.questions}
              selected={locale}
              onSelect={setLocale}
            />
            <QuestionList
              questions={value.questions}
              speech={speech}
              problems={shownProblems}
              onChange={(questions) => set({ questions })}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <SurveyPreview questions={value.questions} speech={speech} shop={look} />
            <SurveySettings value={value} problems={shownProblems} onChange={set} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
