import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { TRIGGERS } from "#app/journeys/triggers";
import { Page } from "#app/ui/page";
import { Badge, BlockStack, Box, Card, InlineGrid, TextField } from "#app/ui/polaris";
import { keepWhatWasRefused, Refusal } from "#app/ui/refusal";
import { useSave, type SaveResult } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import { useTypedFirst } from "#app/ui/typed-first";
import { addId } from "./add-step";
import { carryOut } from "./carry-out.server";
import { useJourneyDraft } from "./draft";
import { Flow } from "./flow";
import { ActionForm, type JourneyAction } from "./form";
import { History } from "./history";
import { editedJourney } from "./load.server";
import { byPart } from "./problems";
import { RulesCard } from "./rules-card";
import { placeOf } from "./tree";
import { TriggerCard } from "./trigger-card";
import { EditorContext, type Editor } from "./vocabulary";
import "./flow.css";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale, staffId } = await requireShop(request);
  return inShop(shop.id, (tx) => editedJourney(tx, shop, { id: params.id ?? "", locale, staffId }));
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.form.name || "New journey"} · Postlude` },
];

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, staffId } = await requireShop(request);
  const form = await readForm(request, ActionForm);
  if (!form.ok) return { problems: form.problems } satisfies SaveResult;
  const now = new Date();
  const result = await inShop(shop.id, (tx) =>
    carryOut(tx, shop.id, { id: params.id ?? "", wish: form.value, author: staffId, now }),
  );
  return "goTo" in result ? redirect(result.goTo) : result;
}

export const shouldRevalidate = keepWhatWasRefused;

export default function JourneyEditor() {
  const data = useLoaderData<typeof loader>();
  const { id, enabled, archived, figures } = data;
  const { form, make, dirty, reset } = useJourneyDraft(data.form);
  const { save, saving, problems: refused, result } = useSave<JourneyAction>();
  const problems = useMemo(() => byPart(refused), [refused]);
  const editor = useEditorValue(data.names, form, make);
  const { definition } = form;

  return (
    <Page
      fullWidth
      backAction={{ content: "Journeys", url: "/app/journeys" }}
      title={data.form.name || "New journey"}
      subtitle={data.description}
      titleMetadata={id ? <StateBadge enabled={enabled} archived={archived} /> : undefined}
      primaryAction={
        archived
          ? { content: "Bring back", onAction: () => save({ intent: "unarchive" }), loading: saving }
          : id
            ? {
                content: enabled ? "Switch off" : "Switch on",
                onAction: () => save({ intent: "switch", enabled: !enabled }),
                disabled: dirty,
                helpText: dirty ? "Save your changes first." : undefined,
                loading: saving,
              }
            : undefined
      }
      secondaryActions={
        id
          ? [
              { content: "Simulate", url: `/app/journeys/${id}/simulate` },
              { content: "Duplicate", onAction: () => save({ intent: "duplicate" }), disabled: dirty },
              ...(archived
                ? []
                : [{ content: "Archive", onAction: () => save({ intent: "archive" }), disabled: dirty }]),
            ]
          : []
      }
    >
      <UnsavedChanges
        id="journey"
        dirty={dirty}
        saving={saving}
        onSave={() => save({ intent: "save", seen: data.version, ...form })}
        onDiscard={reset}
      />
      <EditorContext.Provider value={editor}>
        <InlineGrid columns={{ xs: 1, xl: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
          <BlockStack gap="400">
            <Refusal
              result={result}
              what="this journey"
              onMine={() => save({ intent: "save", seen: null, ...form })}
            />
            <NameCard name={form.name} problem={problems.name?.[""]} make={make} />
            <div>
              <TriggerCard trigger={definition.trigger} isNew={!id} problems={problems.trigger} />
              <Flow steps={definition.steps} list="root" within="" problems={problems} figures={figures} />
            </div>
          </BlockStack>
          <BlockStack gap="400">
            <RulesCard {...definition} problems={problems} />
            {data.versions.length > 0 && (
              <History
                version={data.version}
                versions={data.versions}
                edited={data.edited}
                locale={data.locale}
                timezone={data.timezone}
              />
            )}
          </BlockStack>
        </InlineGrid>
      </EditorContext.Provider>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function StateBadge({ enabled, archived }: { enabled: boolean; archived: boolean }) {
  if (archived) return <Badge>Archived</Badge>;
  return <Badge tone={enabled ? "success" : undefined}>{enabled ? "On" : "Off"}</Badge>;
}

type NameCardProps = { name: string; problem?: string; make: Editor["make"] };

function NameCard({ name, problem, make }: NameCardProps) {
  const typed = useTypedFirst(name, (text) => make({ type: "name", name: text }));
  return (
    <Card>
      <TextField
        {...typed}
        label="Name"
        error={problem}
        helpText="Only you see it."
        maxLength={80}
        autoComplete="off"
      />
    </Card>
  );
}

type Draft = ReturnType<typeof useJourneyDraft>;

/** What the cards share. It changes with the trigger only, so that a tap in one card draws no other. */
function useEditorValue(names: Editor["names"], form: Draft["form"], make: Draft["make"]): Editor {
  const shopify = useAppBridge();
  const fresh = useRef<string | null>(null);
  const [titles, setTitles] = useState<Record<string, string>>({});
  const steps = useRef(form.definition.steps);
  steps.current = form.definition.steps;

  const remove = useCallback(
    (id: string, words: string) => {
      const place = placeOf(steps.current, id);
      if (!place) return;
      make({ type: "remove", id });
      requestAnimationFrame(() => document.getElementById(addId(place.list, place.index))?.focus());
      shopify.toast.show(`Deleted: ${words}`.slice(0, 80), {
        action: "Undo",
        onAction: () => make({ type: "insert", ...place }),
      });
    },
    [make, shopify],
  );
  const addTitles = useCallback(
    (more: Record<string, string>) => setTitles((known) => ({ ...known, ...more })),
    [],
  );
  const { fact } = form.definition.trigger;
  return useMemo(() => {
    const products = { ...names.options["order.products"], ...titles };
    return {
      names: { ...names, options: { ...names.options, "order.products": products } },
      topics: [...new Set([...TRIGGERS[fact].topics, "customer" as const])],
      ...{ make, remove, fresh, addTitles },
    };
  }, [names, titles, fact, make, remove, addTitles]);
}
