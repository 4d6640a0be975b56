import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { Badge, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "./polaris";

export type ImportView = {
  kind: "products" | "customers" | "orders";
  status: "waiting" | "running" | "reading" | "done" | "failed" | "cancelled";
  objectsDone: number;
  objectsTotal: number;
  error: string | null;
};

const NAMES = { products: "Products", customers: "Customers", orders: "Past orders" } as const;
const POLL_MS = 2_000;

/** Bringing in the shop's past, with progress that is read from the database: closing the page stops nothing. */
export function ImportProgress({
  imports,
  locale,
  starting,
  onStartAgain,
}: {
  imports: ImportView[];
  locale: string;
  starting: boolean;
  onStartAgain: () => void;
}) {
  const running = imports.some(({ status }) => ["waiting", "running", "reading"].includes(status));
  const stopped = !running && imports.some(({ status }) => status === "failed");
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(revalidate, POLL_MS);
    return () => clearInterval(timer);
  }, [running, revalidate]);

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {running ? "Learning from your past orders" : "Your past orders"}
          </Text>
          <Text as="p" tone="subdued">
            {running
              ? "Postlude reads what was bought together, so that the first offer is already a good one. You can leave this page."
              : "Nobody is mailed and no points are given for orders that were imported."}
          </Text>
        </BlockStack>
        {imports.map((one) => (
          <ImportRow key={one.kind} view={one} locale={locale} />
        ))}
        {stopped && (
          <InlineStack>
            <Button onClick={onStartAgain} loading={starting}>
              Start it again
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function ImportRow({ view, locale }: { view: ImportView; locale: string }) {
  const count = new Intl.NumberFormat(locale);
  const percent =
    view.status === "done" ? 100 : view.objectsTotal ? (view.objectsDone / view.objectsTotal) * 100 : 0;
  return (
    <BlockStack gap="150">
      <InlineStack align="space-between">
        <InlineStack gap="200">
          <Text as="span" fontWeight="medium">
            {NAMES[view.kind]}
          </Text>
          <StatusBadge status={view.status} />
        </InlineStack>
        <Text as="span" tone="subdued">
          {view.status === "waiting"
            ? ""
            : view.status === "done"
              ? count.format(view.objectsDone)
              : `${count.format(view.objectsDone)} of ${count.format(view.objectsTotal)}`}
        </Text>
      </InlineStack>
      <ProgressBar
        progress={Math.min(100, percent)}
        size="small"
        tone={view.status === "failed" ? "critical" : "primary"}
        ariaLabelledBy={undefined}
      />
      {view.error && (
        <Text as="p" tone="critical">
          {view.error}
        </Text>
      )}
    </BlockStack>
  );
}

function StatusBadge({ status }: { status: ImportView["status"] }) {
  if (status === "done") return <Badge tone="success">Done</Badge>;
  if (status === "failed") return <Badge tone="critical">Stopped</Badge>;
  if (status === "cancelled") return <Badge>Cancelled</Badge>;
  if (status === "waiting") return <Badge>Waits</Badge>;
  return <Badge tone="info">{status === "running" ? "Shopify collects" : "Reading"}</Badge>;
}
