import { useState } from "react";
import { NOTED, SCAN_STATUSES, TROUBLES } from "#app/parcels/carrier-scan";
import { HANDOVERS } from "#app/parcels/handover";
import { EXCEPTION_WORDS } from "#app/ui/exception-words";
import { HANDOVER_WORDS, scanWords } from "#app/ui/parcel-words";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Select,
  Text,
  TextField,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { ParcelResult } from "./route";

const NOTHING = { status: NOTED as string, handover: "", trouble: "", message: "" };

/** What a staff member knows and the carrier does not say; can be taken back at once. */
export function NoteForm() {
  const [note, setNote] = useState(NOTHING);
  const { save, saving, problems, result } = useSave<object, ParcelResult>();
  const set = (name: keyof typeof NOTHING) => (value: string) => setNote({ ...note, [name]: value });
  const { handover, trouble, ...plain } = note;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Note what you know
        </Text>
        <Text as="p" tone="subdued">
          It counts like a scan: the status follows it, and the shopper is told by your rules.
        </Text>
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
          <Select
            label="What happened"
            options={[
              { label: "Just a note", value: NOTED },
              ...SCAN_STATUSES.map((value) => ({ label: scanWords(value), value })),
            ]}
            value={note.status}
            onChange={set("status")}
          />
          <Select
            label="Handed over"
            disabled={note.status !== "delivered"}
            options={[
              { label: "Not known", value: "" },
              ...HANDOVERS.filter((value) => value !== "unknown").map((value) => ({
                label: HANDOVER_WORDS[value],
                value,
              })),
            ]}
            value={note.handover}
            onChange={set("handover")}
          />
          <Select
            label="What is wrong"
            options={[
              { label: "Nothing", value: "" },
              ...TROUBLES.map((value) => ({ label: EXCEPTION_WORDS[value].name, value })),
            ]}
            value={note.trouble}
            onChange={set("trouble")}
          />
        </InlineGrid>
        <TextField
          label="Note"
          value={note.message}
          onChange={set("message")}
          error={problems.message}
          helpText="For your team; shoppers do not see it."
          maxLength={300}
          autoComplete="off"
        />
        <InlineStack gap="200">
          <Button
            variant="primary"
            loading={saving}
            onClick={() => {
              save({ intent: "note", ...plain, handover: handover || null, trouble: trouble || null });
              setNote(NOTHING);
            }}
          >
            Note it
          </Button>
        </InlineStack>
        {result?.noted && (
          <Banner tone="success">
            <InlineStack gap="200" blockAlign="center">
              <Text as="span">Noted.</Text>
              <Button variant="plain" onClick={() => save({ intent: "withdraw", scanId: result.noted })}>
                Undo
              </Button>
            </InlineStack>
          </Banner>
        )}
      </BlockStack>
    </Card>
  );
}
