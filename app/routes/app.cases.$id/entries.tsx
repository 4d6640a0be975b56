import { toldWords } from "#app/ui/case-words";
import { BlockStack, Card, Divider, InlineStack, Text } from "#app/ui/polaris";

type Entry = {
  id: string;
  kind: string;
  text: string;
  staffId: string | null;
  happenedAt: string | Date;
};

type EntriesProps = {
  entries: Entry[];
  source: string;
  customer: string | null;
  locale: string;
  timezone: string;
};

/** What happened, oldest first. */
export function Entries({ entries, source, customer, locale, timezone }: EntriesProps) {
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const titles: Record<string, string> = {
    told: "What happened",
    written: `${customer ?? "The shopper"} wrote`,
    note: "Note for your staff",
    reply: "Your answer",
    solved: "Solved",
    reopened: "Open again",
  };
  return (
    <Card>
      <BlockStack gap="400">
        {entries.map((entry, index) => (
          <BlockStack key={entry.id} gap="400">
            {index > 0 && <Divider />}
            <BlockStack gap="100">
              <InlineStack gap="200" align="space-between">
                <Text as="h2" variant="headingSm">
                  {titles[entry.kind] ?? entry.kind}
                </Text>
                <Text as="span" tone="subdued" variant="bodySm">
                  {time.format(new Date(entry.happenedAt))}
                </Text>
              </InlineStack>
              {lines(entry, source).map((line, at) => (
                <Text key={at} as="p" breakWord>
                  {line}
                </Text>
              ))}
            </BlockStack>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function lines({ kind, text, staffId }: Entry, source: string): string[] {
  const words = kind === "told" && !staffId ? toldWords(source, text) : text;
  return words.split("\n").filter(Boolean);
}
