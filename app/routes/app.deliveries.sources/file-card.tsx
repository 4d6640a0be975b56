import { useEffect, useId, useState } from "react";
import { FEED_FIELDS, type FeedField } from "#app/parcels/sources/feed-fields";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  DataTable,
  InlineError,
  InlineGrid,
  InlineStack,
  List,
  Select,
  Text,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { SourcesResult } from "./route";

const NAMES: Record<FeedField, string> = {
  tracking_number: "Tracking number (needed)",
  status: "Status (needed)",
  happened_at: "Time (needed)",
  id: "Name of the event",
  handover: "Handed over to",
  trouble: "What went wrong",
  message: "Note",
  city: "City",
  country: "Country",
  estimated_delivery_at: "Expected on",
};

/** A file of scans: columns are matched by name, looked at first, then taken in. */
export function FileCard({ locale, timezone }: { locale: string; timezone: string }) {
  const { save, saving, problems, result } = useSave<object, SourcesResult>();
  const [file, setFile] = useState<{ name: string; text: string }>();
  const field = useId();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const { preview, taken } = result ?? {};
  useEffect(() => {
    if (taken !== undefined) setFile(undefined);
  }, [taken]);
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    const text = await chosen.text();
    setFile({ name: chosen.name, text });
    save({ intent: "preview", text, mapping: null });
  };
  const map = (name: FeedField, column: string) => {
    if (!file || !preview) return;
    const { [name]: _former, ...others } = preview.mapping;
    save({ intent: "preview", text: file.text, mapping: column ? { ...others, [name]: column } : others });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          A file
        </Text>
        <Text as="p" tone="subdued">
          A CSV file with one scan in each row. You see what is understood before anything happens; rows that
          cannot be used are listed and kept, the others are taken.
        </Text>
        <BlockStack gap="100">
          <label htmlFor={field}>CSV file</label>
          <input
            id={field}
            type="file"
            accept=".csv,.txt,.tsv,text/csv"
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          {(problems.file || problems.text) && (
            <InlineError message={problems.file ?? problems.text ?? ""} fieldID={field} />
          )}
        </BlockStack>
        {taken !== undefined && (
          <Banner tone="success">
            {taken === 1 ? "One scan is" : `${taken} scans are`} being taken in. What could not be used stands
            under Activity.
          </Banner>
        )}
        {file && preview && (
          <>
            <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="300">
              {FEED_FIELDS.map((name) => (
                <Select
                  key={name}
                  label={NAMES[name]}
                  options={[
                    { label: "–", value: "" },
                    ...preview.header.map((column) => ({ label: column, value: column })),
                  ]}
                  value={preview.mapping[name] ?? ""}
                  onChange={(column) => map(name, column)}
                />
              ))}
            </InlineGrid>
            <Text as="p">{`${preview.good} of ${preview.rows} rows can be used.`}</Text>
            {preview.sample.length > 0 && (
              <DataTable
                columnContentTypes={["text", "text", "text", "text"]}
                headings={["Number", "Status", "Time", "City"]}
                rows={preview.sample.map((scan) => [
                  scan.trackingNumber,
                  scan.status,
                  time.format(new Date(scan.happenedAt)),
                  scan.city ?? "–",
                ])}
              />
            )}
            {preview.problems.length > 0 && (
              <Banner tone="warning" title="These rows cannot be used">
                <List>
                  {preview.problems.map(({ row, problem }) => (
                    <List.Item key={row}>{`Row ${row}: ${problem}`}</List.Item>
                  ))}
                  {preview.moreProblems > 0 && <List.Item>{`${preview.moreProblems} more`}</List.Item>}
                </List>
              </Banner>
            )}
            <InlineStack gap="200">
              <Button
                variant="primary"
                loading={saving}
                disabled={preview.good === 0}
                onClick={() => save({ intent: "take", text: file.text, mapping: preview.mapping })}
              >
                {preview.good === 1 ? "Take in one scan" : `Take in ${preview.good} scans`}
              </Button>
              <Button onClick={() => setFile(undefined)}>Leave it</Button>
            </InlineStack>
          </>
        )}
      </BlockStack>
    </Card>
  );
}
