import { useFetcher } from "@remix-run/react";
import { memo, useEffect, useState } from "react";
import { BlockStack, Select, TextField } from "#app/ui/polaris";
import type { TemplateAction, TemplateActionResult } from "./form";

export type PreviewOrder = { gid: string; name: string; placedAt: string | Date };

type OrderChoiceProps = {
  /** The newest ones. */
  orders: PreviewOrder[];
  /** Null: the sample. */
  chosen: string | null;
  locale: string;
  timezone: string;
  onChoose: (gid: string | null) => void;
};

const SAMPLE = "sample";
const TYPING_PAUSE_MS = 300;

/** Which order the preview is filled with: the sample, one of the newest, or any that is looked for. */
export const OrderChoice = memo(function OrderChoice(props: OrderChoiceProps) {
  const { orders, chosen, locale, timezone, onChoose } = props;
  const [wanted, setWanted] = useState("");
  const { data, submit } = useFetcher<TemplateActionResult>();
  useEffect(() => {
    if (!wanted.trim()) return;
    const asked = { intent: "orders", wanted } satisfies TemplateAction;
    const timer = setTimeout(
      () => submit(JSON.stringify(asked), { method: "post", encType: "application/json" }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // `submit` changes with every rendering; only what is typed may ask again.
  }, [wanted]);
  const found = wanted.trim() ? (data?.orders ?? []) : orders;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <BlockStack gap="200">
      <TextField
        label="Find an order"
        value={wanted}
        onChange={setWanted}
        placeholder="Number or email address"
        autoComplete="off"
        clearButton
        onClearButtonClick={() => setWanted("")}
      />
      <Select
        label="Order"
        value={chosen ?? SAMPLE}
        onChange={(value) => onChoose(value === SAMPLE ? null : value)}
        options={[
          { value: SAMPLE, label: "Sample order" },
          ...found.map(({ gid, name, placedAt }) => ({
            value: gid,
            label: `${name}, ${day.format(new Date(placedAt))}`,
          })),
          ...(chosen && !found.some(({ gid }) => gid === chosen)
            ? [{ value: chosen, label: "The order shown now" }]
            : []),
        ]}
      />
    </BlockStack>
  );
});
