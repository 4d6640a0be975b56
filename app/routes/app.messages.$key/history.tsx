import { memo } from "react";
import { BlockStack, Button, Card, InlineStack, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { TemplateAction } from "./form";

type HistoryProps = {
  /** The live one; 0 is the built-in form. */
  version: number;
  versions: { version: number; createdAt: string | Date; by: "you" | "a colleague" | null }[];
  isBuiltIn: boolean;
  locale: string;
  timezone: string;
};

/** Earlier versions. Restoring one makes a new version with its content, so nothing is ever lost. */
export const History = memo(function History(props: HistoryProps) {
  const { version, versions, isBuiltIn, locale, timezone } = props;
  const { save, saving } = useSave<TemplateAction>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const rows = [
    ...versions.map((one) => ({
      version: one.version,
      label: `Version ${one.version}, ${time.format(new Date(one.createdAt))}${one.by ? `, saved by ${one.by}` : ""}`,
    })),
    ...(isBuiltIn ? [{ version: 0, label: "The email as it came with Postlude" }] : []),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Versions
        </Text>
        {rows.map((row) => (
          <InlineStack key={row.version} align="space-between" blockAlign="center" gap="200">
            <Text as="p">{row.label}</Text>
            {row.version === version ? (
              <Text as="span" tone="subdued">
                In use
              </Text>
            ) : (
              <Button
                onClick={() => save({ intent: "restore", version: row.version })}
                disabled={saving}
                accessibilityLabel={`Restore: ${row.label}`}
              >
                Restore
              </Button>
            )}
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
});
