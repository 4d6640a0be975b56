import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { CASE_LABELS, CASE_TYPES, MOST_CHARACTERS, type CaseType } from "#app/cases/case";
import { openCase } from "#app/cases/cases.server";
import { orderNamed } from "#app/cases/find-cases.server";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { BlockStack, Box, Button, Card, InlineStack, Page, Select, TextField } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";

export const meta: MetaFunction = () => [{ title: "New case · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireShop(request);
  return { order: new URL(request.url).searchParams.get("order") ?? "" };
}

const Body = z.object({
  order: z.string().trim().min(1, "Write the number of the order, like #1001.").max(40),
  type: z.enum(CASE_TYPES),
  text: z.string().trim().min(1, "Say what happened.").max(MOST_CHARACTERS, "Use fewer characters."),
});

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult | Response> {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, Body);
  if (!form.ok) return { problems: form.problems };
  const { order: name, type, text } = form.value;
  const now = new Date();
  const opened = await inShop(shop.id, async (tx) => {
    const order = await orderNamed(tx, shop.id, name);
    if (!order) return null;
    const person = { orderGid: order.gid, customerGid: order.customerGid };
    const entry = { kind: "told" as const, text, staffId, sourceKey: `staff:${newId(now)}` };
    return openCase(tx, shop.id, { type, source: "staff", person, entry }, now);
  });
  if (!opened) return { problems: { order: "There is no order with this number." } };
  return redirect(`/app/cases/${opened.caseId}?${new URL(request.url).searchParams}`);
}

export default function NewCasePage() {
  const known = useLoaderData<typeof loader>();
  const [order, setOrder] = useState(known.order);
  const [type, setType] = useState<CaseType>("general");
  const [text, setText] = useState("");
  const { save, saving, problems } = useSave<z.infer<typeof Body>>();
  return (
    <Page title="New case" backAction={{ content: "Cases", url: "/app/cases" }}>
      <Card>
        <BlockStack gap="400">
          <TextField
            label="Order"
            placeholder="#1001"
            value={order}
            onChange={setOrder}
            error={problems.order}
            autoComplete="off"
          />
          <Select
            label="What it is about"
            options={CASE_TYPES.map((value) => ({ value, label: CASE_LABELS[value] }))}
            value={type}
            onChange={(value) => setType(value as CaseType)}
            helpText="If a case of this kind is open for the order, what you write joins it."
          />
          <TextField
            label="What happened"
            value={text}
            onChange={setText}
            error={problems.text}
            multiline={4}
            maxLength={MOST_CHARACTERS}
            helpText="For your staff; the shopper does not see it."
            autoComplete="off"
          />
          <InlineStack>
            <Button variant="primary" loading={saving} onClick={() => save({ order, type, text })}>
              Open the case
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
