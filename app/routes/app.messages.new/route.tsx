import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { isTemplateKey, type TemplateKey } from "#app/messages/default-templates";
import { createTemplate, liveTemplates } from "#app/messages/messages.server";
import { TemplateNameSchema } from "#app/messages/content-schema";
import { BlockStack, Card, ChoiceList, Page, Select, TextField } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";

const NewEmail = z.object({
  name: TemplateNameSchema,
  purpose: z.enum(["transactional", "marketing"]),
  /** Empty: from scratch. */
  from: z.custom<TemplateKey | "">(
    (text) => typeof text === "string" && (text === "" || isTemplateKey(text)),
  ),
});
type NewEmail = z.infer<typeof NewEmail>;

export const meta: MetaFunction = () => [{ title: "New email · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await requireShop(request);
  const wanted = new URL(request.url).searchParams.get("from");
  const templates = await inShop(shop.id, (tx) => liveTemplates(tx, shop.id));
  return {
    from: templates.find(({ key }) => key === wanted) ?? null,
    templates: templates.map(({ key, name, purpose }) => ({ key, name, purpose })),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, NewEmail);
  if (!form.ok) return { problems: form.problems } satisfies SaveResult;
  const { name, purpose, from } = form.value;
  const by = { author: staffId, now: new Date() };
  const made = await inShop(shop.id, (tx) =>
    createTemplate(tx, shop.id, { name, purpose, from: from || null }, by),
  );
  switch (made.status) {
    case "created":
      return redirect(`/app/messages/${made.key}`);
    case "unknown-template":
      return { problems: { from: "There is no such email any more." } } satisfies SaveResult;
    case "too-many":
      return {
        problems: { name: "You have very many emails. Change one of them instead." },
      } satisfies SaveResult;
  }
}

export default function NewEmailPage() {
  const { from, templates } = useLoaderData<typeof loader>();
  const [value, setValue] = useState<NewEmail>({
    name: from ? `${from.name} (copy)` : "",
    purpose: from?.purpose ?? "transactional",
    from: from?.key ?? "",
  });
  const { save, saving, problems } = useSave<NewEmail>();
  const set = (change: Partial<NewEmail>) => setValue((now) => ({ ...now, ...change }));
  return (
    <Page
      title="New email"
      backAction={{ content: "Messages", url: "/app/messages" }}
      primaryAction={{ content: "Make it", onAction: () => save(value), loading: saving }}
    >
      <Card>
        <BlockStack gap="400">
          <TextField
            label="Name"
            value={value.name}
            onChange={(name) => set({ name })}
            error={problems.name}
            helpText="Only you see it."
            maxLength={60}
            autoComplete="off"
          />
          <Select
            label="Start from"
            options={[
              { value: "", label: "An empty email" },
              ...templates.map(({ key, name }) => ({ value: key, label: name })),
            ]}
            value={value.from}
            onChange={(key) => set({ from: key as NewEmail["from"] })}
            error={problems.from}
          />
          <ChoiceList
            title="What it is for"
            choices={[
              {
                value: "transactional",
                label: "About an order",
                helpText: "Everybody may get it. It must not advertise.",
              },
              {
                value: "marketing",
                label: "Marketing",
                helpText: "Only people who agreed to marketing get it, and not too often.",
              },
            ]}
            selected={[value.purpose]}
            onChange={([purpose]) => set({ purpose: purpose as NewEmail["purpose"] })}
          />
        </BlockStack>
      </Card>
    </Page>
  );
}
