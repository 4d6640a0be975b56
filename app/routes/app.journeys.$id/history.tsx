import { memo } from "react";
import { BlockStack, Button, Card, InlineStack, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { JourneyAction } from "./form";

export type VersionRow = { version: number; createdAt: string | Date; by: string | null };
type HistoryProps = {
  version: number;
  versions: VersionRow[];
  /** A ready journey that was changed here: it can be put back to how it came. */
  edited: boolean;
  locale: string;
  timezone: string;
};

/** Earlier versions. Who is on the way finishes on theirs; a restored one is for those who enter from now on. */
export const History = memo(function History(props: HistoryProps) {
  const { version, versions, edited, locale, timezone } = props;
  const { save, saving } = useSave<JourneyAction>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Versions
          </Text>
          <Text as="p" tone="subdued">
            People who are on their way finish on the version with which they began.
          </Text>
        </BlockStack>
        {versions.map((row) => {
          const by = row.by ? `, saved by ${row.by}` : "";
          const label = `Version ${row.version}, ${time.format(new Date(row.createdAt))}${by}`;
          return (
            <InlineStack key={row.version} align="space-between" blockAlign="center" gap="200">
              <Text as="p">{label}</Text>
              {row.version === version ? (
                <Text as="span" tone="subdued">
                  In use
                </Text>
              ) : (
                <Button
                  size="slim"
                  onClick={() => save({ intent: "restore", version: row.version })}
                  disabled={saving}
                  accessibilityLabel={`Restore: ${label}`}
                >
                  Restore
                </Button>
              )}
            </InlineStack>
          );
        })}
        {edited && (
          <InlineStack>
            <Button
              variant="plain"
              onClick={() => save({ intent: "restore", version: null })}
              disabled={saving}
            >
              Put it back to how it came with Postlude
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
});
