import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { useDeferredValue, useEffect, useState } from "react";
import { z } from "zod";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { previewSurveys } from "#app/http/mail-surveys.server";
import { liveTemplate, previewOf } from "#app/messages/messages.server";
import { BrandSchema, type Brand } from "#app/shops/settings";
import { changeSettings, settingsOf } from "#app/shops/shops.server";
import { useDraft } from "#app/ui/draft";
import { MailFrame, type ShownMail } from "#app/ui/mail-frame";
import { BlockStack, Box, Card, Checkbox, InlineGrid, InlineStack, Page, Text } from "#app/ui/polaris";
import { reloadAfterSaves } from "#app/ui/reload";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { LookFields, VoiceFields } from "./look-fields";

const BrandAction = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), brand: BrandSchema }),
  z.object({ intent: z.literal("preview"), brand: BrandSchema }),
]);
type BrandAction = z.infer<typeof BrandAction>;
type BrandResult = SaveResult & { mail?: ShownMail };

/** A mail with most kinds of block in it. */
const SHOWN = "shipped";
const TYPING_PAUSE_MS = 300;

export const meta = () => [{ title: "Brand · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const { brand } = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
  return { brand };
}

export async function action({ request }: ActionFunctionArgs): Promise<BrandResult> {
  const { shop } = await requireShop(request);
  const form = await readForm(request, BrandAction);
  if (!form.ok) return { problems: withoutPrefix(form.problems) };
  const { intent, brand } = form.value;
  if (intent === "save") {
    await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { brand }));
    await shopChanged(shop.id);
    return { problems: {}, saved: "Brand saved" };
  }
  const preview = await inShop(shop.id, async (tx) => {
    const { locales } = await settingsOf(tx, shop.id);
    const { content } = await liveTemplate(tx, shop.id, SHOWN);
    const looks = { content, brand, locale: locales[0] ?? "en", orderGid: null, agreed: true } as const;
    return previewOf(tx, shop.id, shop, looks, previewSurveys(new Date()));
  });
  return preview.status === "rendered" ? { problems: {}, mail: preview } : { problems: {} };
}

function withoutPrefix(problems: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field.replace(/^brand\./, ""), problem]),
  );
}

const reload = reloadAfterSaves(
  (intent) => intent === "preview",
  ({ defaultShouldRevalidate }) => defaultShouldRevalidate,
);
export const shouldRevalidate = reload.shouldRevalidate;

export default function BrandPage() {
  const data = useLoaderData<typeof loader>();
  reload.useLoaded(data);
  const { brand } = data;
  const { value, set, dirty, reset } = useDraft<Brand>(brand);
  const { save, saving, problems } = useSave<BrandAction>();
  const { mail, problems: unreadable } = useBrandedMail(useDeferredValue(value));
  const shown = { ...unreadable, ...problems };
  return (
    <Page
      title="Brand"
      subtitle="How all your emails look, from the next one on."
      backAction={{ content: "Settings", url: "/app/settings" }}
      fullWidth
    >
      <UnsavedChanges
        id="brand"
        dirty={dirty}
        saving={saving}
        onSave={() => save({ intent: "save", brand: value })}
        onDiscard={reset}
      />
      <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                Look
              </Text>
              <LookFields value={value} problems={shown} onChange={set} />
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                Words and links
              </Text>
              <VoiceFields value={value} problems={shown} onChange={set} />
            </BlockStack>
          </Card>
        </BlockStack>
        <Preview mail={mail} />
      </InlineGrid>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function Preview({ mail }: { mail: ShownMail | null }) {
  const [dark, setDark] = useState(false);
  const [phone, setPhone] = useState(false);
  return (
    <div style={{ position: "sticky", top: 16 }}>
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Preview
            </Text>
            <InlineStack gap="400">
              <Checkbox label="Phone" checked={phone} onChange={setPhone} />
              <Checkbox label="Dark mode" checked={dark} onChange={setDark} />
            </InlineStack>
          </InlineStack>
          <MailFrame
            mail={useDeferredValue(mail)}
            view={useDeferredValue(phone ? "phone" : "desktop")}
            dark={useDeferredValue(dark)}
          />
        </BlockStack>
      </Card>
    </div>
  );
}

/** The shop's mail in this look; while what is typed is no look, the last one, and what is wrong. */
function useBrandedMail(brand: Brand): { mail: ShownMail | null; problems: Record<string, string> } {
  const { data, submit } = useFetcher<BrandResult>();
  const [mail, setMail] = useState<ShownMail | null>(null);
  const body = JSON.stringify({ intent: "preview", brand } satisfies BrandAction);
  useEffect(() => {
    const timer = setTimeout(
      () => submit(body, { method: "post", encType: "application/json" }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // `submit` changes with every rendering; only another look may ask for another preview.
  }, [body]);
  useEffect(() => {
    if (data?.mail) setMail(data.mail);
  }, [data]);
  return { mail, problems: data?.problems ?? NONE };
}

const NONE = {};
