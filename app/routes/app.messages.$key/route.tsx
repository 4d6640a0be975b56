import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, type MetaFunction } from "@remix-run/react";
import { useDeferredValue, useMemo, useState } from "react";
import type { Purpose } from "#app/contact-policy/contact";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { previewSurveys } from "#app/http/mail-surveys.server";
import { sendTestMail } from "#app/http/test-mail.server";
import { allBlocks, type Content, type ContentProblem } from "#app/messages/blocks";
import { DEFAULT_TEMPLATES, isBuiltIn, isTemplateKey } from "#app/messages/default-templates";
import {
  contentOf,
  previewOf,
  previewOrders,
  renameTemplate,
  restoreVersion,
  saveTemplate,
  templateState,
  versionsOf,
} from "#app/messages/messages.server";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { listSurveys } from "#app/surveys/surveys.server";
import { Badge, Banner, BlockStack, Box, InlineGrid, Page } from "#app/ui/polaris";
import { countries } from "#app/ui/countries";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { reloadAfterSaves } from "#app/ui/reload";
import { STALE, useSave } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { BlockEditor } from "./block-editor";
import { ActionForm, type TemplateAction, type TemplateActionResult } from "./form";
import { History } from "./history";
import { MailPreview } from "./mail-preview";
import { NameField } from "./name-field";
import { hasProblems, problemsOfBlock, problemsOfHead } from "./problems";
import { ShortField } from "./short-field";
import { SubjectFields } from "./subject-fields";
import { UndoButtons, useUndoKeys } from "./undo";
import { useEditor } from "./use-editor";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale, staffId } = await requireShop(request);
  const key = keyOf(params.key);
  return inShop(shop.id, async (tx) => {
    const { locales, brand } = await settingsOf(tx, shop.id);
    const template = await templateState(tx, shop.id, key);
    if (!template || template.archived) throw noSuchEmail();
    const { name, version, enabled, purpose } = template;
    return {
      content: await contentOf(tx, shop.id, key, version),
      version,
      enabled,
      name,
      purpose,
      isOwn: !isBuiltIn(key),
      description: isBuiltIn(key) ? DEFAULT_TEMPLATES[key].description : undefined,
      languages: locales.length > 0 ? locales : (["en"] satisfies Locale[]),
      versions: (await versionsOf(tx, shop.id, key)).map(({ version, createdAt, createdBy }) => ({
        version,
        createdAt,
        by: byWhom(createdBy, staffId),
      })),
      orders: await previewOrders(tx, shop.id),
      surveys: (await listSurveys(tx, shop.id))
        .filter(({ status, questions }) => status === "live" && questions.length > 0)
        .map(({ id, name }) => ({ id, name })),
      currency: shop.currency,
      tone: brand.tone,
      testAddress: shop.email,
      timezone: shop.timezone,
      locale,
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs): Promise<TemplateActionResult> {
  const { shop, staffId } = await requireShop(request);
  const key = keyOf(params.key);
  const form = await readForm(request, ActionForm);
  if (!form.ok) return { problems: form.problems };
  const { value } = form;
  const now = new Date();
  const template = await inShop(shop.id, (tx) => templateState(tx, shop.id, key));
  if (!template) throw noSuchEmail();
  const { purpose } = template;
  switch (value.intent) {
    case "rename": {
      const renamed = await inShop(shop.id, (tx) => renameTemplate(tx, shop.id, key, value.name, now));
      return renamed
        ? { problems: {}, saved: "Renamed" }
        : { problems: { name: "This email keeps its name." } };
    }
    case "preview":
      return {
        problems: {},
        preview: await inShop(shop.id, (tx) =>
          previewOf(tx, shop.id, shop, { ...value, purpose }, previewSurveys(now)),
        ),
      };
    case "orders":
      return {
        problems: {},
        orders: await inShop(shop.id, (tx) => previewOrders(tx, shop.id, value.wanted)),
      };
    case "test":
      return sendTest(shop, { ...value, purpose });
    case "save": {
      const edit = { content: value.content, author: staffId, now, seen: value.seen ?? undefined };
      const saved = await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, key, edit));
      if (saved.status === "changed") return STALE;
      if (saved.status === "invalid") return { problems: toProblems(saved.problems) };
      return { problems: {}, saved: "Email saved" };
    }
    case "restore": {
      const restore = { version: value.version, author: staffId, now };
      const restored = await inShop(shop.id, (tx) => restoreVersion(tx, shop.id, key, restore));
      if (restored.status !== "saved") return { problems: { "": "This version cannot be restored." } };
      return { problems: {}, saved: "Version restored" };
    }
  }
}

/** Who saved a version, as far as Shopify lets us know; versions from before that was kept say nothing. */
function byWhom(author: string, reader: string): "you" | "a colleague" | null {
  if (!author) return null;
  return author === reader ? "you" : "a colleague";
}

async function sendTest(
  shop: Shop,
  request: Extract<TemplateAction, { intent: "test" }> & { purpose: Purpose },
): Promise<TemplateActionResult> {
  const sent = await sendTestMail(shop, request);
  if (sent.status === "invalid") return { problems: toProblems(sent.problems) };
  if (sent.status === "refused") return { problems: { test: sent.problem } };
  return { problems: {}, saved: `Test sent to ${sent.to}` };
}

function toProblems(problems: ContentProblem[]): Record<string, string> {
  return Object.fromEntries(problems.map(({ field, message }) => [field, message]));
}

function keyOf(text: string | undefined) {
  if (text === undefined || !isTemplateKey(text)) throw noSuchEmail();
  return text;
}

function noSuchEmail(): Response {
  return new Response("There is no such email.", { status: 404 });
}

const reload = reloadAfterSaves(
  (intent) => intent === "preview" || intent === "test" || intent === "orders",
  keepWhatWasRefused,
);
export const shouldRevalidate = reload.shouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Email"} · Postlude` },
];

export default function TemplatePage() {
  const data = useLoaderData<typeof loader>();
  reload.useLoaded(data);
  const editor = useEditor(data.content as Content);
  const { save, saving, result } = useSave<TemplateAction>();
  const [language, setLanguage] = useState<Locale>(data.languages[0] ?? "en");
  // What is typed stands in its field first; the preview and the other blocks follow when there is time.
  const shownLanguage = useDeferredValue(language);
  const previewed = useDeferredValue(editor.content);
  const { content, change } = editor;
  const wrongIn = data.languages
    .filter((one) => one !== language && isWrongIn(content, one, data.languages))
    .map((one) => LANGUAGE_NAMES[one])
    .join(" and ");
  const choices = useMemo(
    () => ({
      languages: data.languages,
      surveys: data.surveys,
      currency: data.currency,
      countries: countries(data.locale),
    }),
    [data.languages, data.surveys, data.currency, data.locale],
  );
  useUndoKeys(editor);

  return (
    <Page
      title={data.name}
      subtitle={data.description}
      backAction={{ content: "Messages", url: "/app/messages" }}
      titleMetadata={
        <>
          <Badge tone={data.enabled ? "success" : undefined}>{data.enabled ? "On" : "Off"}</Badge>
          {data.purpose === "marketing" && <Badge tone="info">Marketing</Badge>}
        </>
      }
      fullWidth
    >
      <UnsavedChanges
        id="template"
        dirty={editor.dirty}
        saving={saving}
        onSave={() => save({ intent: "save", content, seen: data.version })}
        onDiscard={editor.reset}
      />
      <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <Refusal
            result={result}
            what="this email"
            onMine={() => save({ intent: "save", content, seen: null })}
          />
          {data.tone && (
            <Banner tone="info" title="How you speak">
              <p>{data.tone}</p>
            </Banner>
          )}
          <UndoButtons undo={editor.undo} redo={editor.redo} />
          {data.isOwn && <NameField name={data.name} />}
          <SubjectFields
            subject={content.subject}
            preheader={content.preheader}
            language={language}
            languages={data.languages}
            wrongIn={wrongIn}
            change={change}
            onLanguage={setLanguage}
          />
          <BlockEditor blocks={content.blocks} language={shownLanguage} choices={choices} change={change} />
          <ShortField
            short={content.short}
            language={shownLanguage}
            languages={data.languages}
            change={change}
          />
          <History
            version={data.version}
            versions={data.versions}
            isBuiltIn={!data.isOwn}
            locale={data.locale}
            timezone={data.timezone}
          />
        </BlockStack>
        <MailPreview
          content={previewed}
          language={shownLanguage}
          orders={data.orders}
          testAddress={data.testAddress}
          locale={data.locale}
          timezone={data.timezone}
        />
      </InlineGrid>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function isWrongIn(content: Content, language: Locale, languages: Locale[]): boolean {
  const ofBlocks = allBlocks(content.blocks).map((block) => problemsOfBlock(block, languages));
  const all = [problemsOfHead(content, languages), ...ofBlocks];
  return all.some((problems) => hasProblems(problems, language));
}
