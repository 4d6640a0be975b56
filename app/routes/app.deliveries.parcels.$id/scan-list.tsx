import { HANDOVER_WORDS, scanWords, SOURCE_WORDS } from "#app/ui/parcel-words";
import type { Handover } from "#app/parcels/handover";
import { exceptionName } from "#app/ui/exception-words";
import { BlockStack, Box, Button, Card, DataTable, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

type Scan = {
  id: string;
  source: string;
  status: string;
  code: string | null;
  handover: string | null;
  trouble: string | null;
  message: string | null;
  city: string | null;
  happenedAt: Date | string;
  withdrawnAt: Date | string | null;
};

/** Every scan, whoever told it; those of staff can be taken back. */
export function ScanList({ scans, locale, timezone }: { scans: Scan[]; locale: string; timezone: string }) {
  const { save } = useSave<object>();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const what = (scan: Scan) =>
    [
      scanWords(scan.status),
      scan.handover ? HANDOVER_WORDS[scan.handover as Handover] : "",
      scan.trouble ? exceptionName(scan.trouble).toLowerCase() : "",
    ]
      .filter(Boolean)
      .join(", ") + (scan.withdrawnAt ? " (taken back)" : "");
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Scans
          </Text>
          {scans.length === 0 && (
            <Text as="p" tone="subdued">
              Nothing heard yet. Scans come from Shopify, from your tracking sources, from files and from your
              staff.
            </Text>
          )}
        </BlockStack>
      </Box>
      {scans.length > 0 && (
        <DataTable
          columnContentTypes={["text", "text", "text", "text", "text"]}
          headings={["When", "What", "Where", "Told by", "Note"]}
          rows={scans.map((scan) => [
            time.format(new Date(scan.happenedAt)),
            what(scan),
            scan.city ?? "–",
            [SOURCE_WORDS[scan.source] ?? scan.source, scan.code].filter(Boolean).join(" "),
            scan.source === "staff" && !scan.withdrawnAt ? (
              <BlockStack gap="100" key={scan.id} inlineAlign="start">
                {scan.message ?? ""}
                <Button
                  variant="plain"
                  accessibilityLabel={`Take back: ${what(scan)}`}
                  onClick={() => save({ intent: "withdraw", scanId: scan.id })}
                >
                  Take back
                </Button>
              </BlockStack>
            ) : (
              (scan.message ?? "–")
            ),
          ])}
        />
      )}
    </Card>
  );
}
