import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastDays } from "#app/analytics/period";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { STARTERS } from "#app/surveys/starters";
import {
  createBlank,
  createFromStarter,
  listSurveys,
  restoreSurvey,
  stopSurvey,
  surveyResults,
} from "#app/surveys/surveys.server";
import { ArchiveLink, EmptyArchive, useArchivedNotice } from "#app/ui/archive";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { useSteps } from "#app/ui/steps";
import { Starters } from "./starters";
import { SurveyTable } from "./survey-table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.archived ? "Archived surveys" : "Surveys"} · Postlude` },
];

const DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const { timezone } = shop;
  const now = new Date();
  const period = { ...lastDays(DAYS, now, timezone), timezone };
  const archived = new URL(request.url).searchParams.get("show") === "archived";
  const { rows, used } = await inShop(shop.id, async (tx) => {
    const rows = [];
    const surveys = await listSurveys(tx, shop.id, { archived });
    for (const survey of surveys) {
      const { responses, responseRate, nps } = (await surveyResults(tx, shop.id, survey.id, period))!;
      const { id, name, status } = survey;
      rows.push({ id, name, status, responses, responseRate, nps: nps?.score ?? null });
    }
    return { rows, used: new Set(surveys.map(({ key }) => key)) };
  });
  const starters = STARTERS.filter((starter) => !used.has(starter.key)).map(({ key, name, purpose }) => ({
    key,
    name,
    purpose,
  }));
  return { rows, archived, starters, locale };
}

const CreateForm = z.object({ starter: z.enum(["post-purchase", "nps", "delivery", "blank"]) });
const MoveForm = z.object({ intent: z.enum(["restore", "archive"]), id: z.uuid() });
type MoveIntent = z.infer<typeof MoveForm>["intent"];

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const form = await readForm(request, z.union([MoveForm, CreateForm]));
  if (!form.ok) return { problems: form.problems } satisfies SaveResult;
  const now = new Date();
  if ("intent" in form.value) return move(shop.id, form.value, now);
  const { starter } = form.value;
  const survey = await inShop(shop.id, (tx) =>
    starter === "blank"
      ? createBlank(tx, shop.id, "New survey", now)
      : createFromStarter(tx, shop.id, starter, now),
  );
  return redirect(`/app/surveys/${survey.id}`);
}

async function move(
  shopId: number,
  { intent, id }: z.infer<typeof MoveForm>,
  now: Date,
): Promise<SaveResult> {
  const { status } = await inShop(shopId, (tx) =>
    intent === "restore" ? restoreSurvey(tx, shopId, id, now) : stopSurvey(tx, shopId, id, "archived", now),
  );
  await shopChanged(shopId);
  if (status === "missing") return { problems: { "": "This survey is no longer in the archive." } };
  return { problems: {}, saved: intent === "restore" ? "Survey brought back, paused" : "Survey archived" };
}

export default function SurveysPage() {
  const { rows, archived, starters, locale } = useLoaderData<typeof loader>();
  const { take } = useSteps<MoveIntent>({ archive: "restore", restore: "archive" });
  const restore = (id: string) => take("restore", id);
  useArchivedNotice("Survey", restore);
  return (
    <Page
      title={archived ? "Archived surveys" : "Surveys"}
      subtitle={rows.length > 0 ? `Figures of the last ${DAYS} days.` : undefined}
      backAction={archived ? { content: "Surveys", url: "/app/surveys" } : undefined}
    >
      <BlockStack gap="400">
        {rows.length > 0 && (
          <SurveyTable rows={rows} locale={locale} onRestore={archived ? restore : undefined} />
        )}
        {archived && rows.length === 0 && (
          <EmptyArchive>
            No archived surveys. An archived survey keeps its answers and can be brought back.
          </EmptyArchive>
        )}
        {!archived && <Starters starters={starters} empty={rows.length === 0} />}
        {!archived && <ArchiveLink url="/app/surveys?show=archived">Archived surveys</ArchiveLink>}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
