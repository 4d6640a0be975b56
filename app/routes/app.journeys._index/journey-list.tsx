import { memo } from "react";
import type { JourneyFigures } from "#app/journeys/journeys.server";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  Link,
  Text,
} from "#app/ui/polaris";
import type { JourneyStep } from "./route";

export type JourneyRow = {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  isReady: boolean;
  /** A ready one that was changed here. */
  edited: boolean;
  /** What starts it. */
  starts: string;
  /** Null where nobody has entered yet. */
  figures: JourneyFigures | null;
};

type Take = (step: JourneyStep, id: string) => void;
type JourneyListProps = { rows: JourneyRow[]; archived: boolean; locale: string; busy: boolean; take: Take };

/** The journeys with their switches and what is going on in them. */
export function JourneyList({ rows, ...rest }: JourneyListProps) {
  const groups = [
    { title: "Your own", rows: rows.filter(({ isReady }) => !isReady) },
    { title: "Ready to use", rows: rows.filter(({ isReady }) => isReady) },
  ];
  return (
    <BlockStack gap="400">
      {groups
        .filter((group) => group.rows.length > 0)
        .map((group) => (
          <Card key={group.title}>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                {group.title}
              </Text>
              {group.rows.map((row) => (
                <BlockStack key={row.id} gap="400">
                  <Divider />
                  <Row row={row} {...rest} />
                </BlockStack>
              ))}
            </BlockStack>
          </Card>
        ))}
    </BlockStack>
  );
}

type RowProps = Omit<JourneyListProps, "rows"> & { row: JourneyRow };

const Row = memo(function Row({ row, archived, locale, busy, take }: RowProps) {
  const { id, name, enabled } = row;
  return (
    <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="300" alignItems="center">
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            <Link url={`/app/journeys/${id}`}>{name}</Link>
          </Text>
          {!archived && <Badge tone={enabled ? "success" : undefined}>{enabled ? "On" : "Off"}</Badge>}
          {row.edited && <Badge tone="info">Changed by you</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          {[row.description, `Starts: ${row.starts}.`].filter(Boolean).join(" ")}
        </Text>
        {row.figures && <Figures figures={row.figures} locale={locale} />}
      </BlockStack>
      <Box>
        <InlineStack align="end">
          <ButtonGroup>
            <Button
              url={`/app/journeys/${id}/simulate`}
              variant="tertiary"
              accessibilityLabel={`Simulate: ${name}`}
            >
              Simulate
            </Button>
            <Button
              onClick={() => take(archived ? "restore" : "archive", id)}
              disabled={busy}
              variant="tertiary"
              accessibilityLabel={`${archived ? "Bring back" : "Archive"}: ${name}`}
            >
              {archived ? "Bring back" : "Archive"}
            </Button>
            {!archived && (
              <Button
                onClick={() => take(enabled ? "off" : "on", id)}
                disabled={busy}
                role="switch"
                ariaChecked={enabled ? "true" : "false"}
                accessibilityLabel={`Switch ${enabled ? "off" : "on"}: ${name}`}
              >
                {enabled ? "Switch off" : "Switch on"}
              </Button>
            )}
          </ButtonGroup>
        </InlineStack>
      </Box>
    </InlineGrid>
  );
});

type FiguresProps = { figures: JourneyFigures; locale: string };

function Figures({ figures, locale }: FiguresProps) {
  const { entered, onTheWay, goals, heldOut, steps } = figures;
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const done = Object.values(steps).reduce((sum, step) => sum + step.done, 0);
  const shown = [
    ["Entered", count.format(entered)],
    ["On the way", count.format(onTheWay)],
    ["Sent or done", count.format(done)],
    ...(goals > 0 && entered > 0 ? [["Reached the goal", percent.format(goals / entered)]] : []),
    ...(heldOut.people > 0
      ? [
          ["Held out", count.format(heldOut.people)],
          ["Reached it anyway", percent.format(heldOut.goals / heldOut.people)],
        ]
      : []),
  ];
  return (
    <InlineStack gap="600">
      {shown.map(([label, value]) => (
        <Box key={label}>
          <Text as="p" variant="bodySm" tone="subdued">
            {label}
          </Text>
          <Text as="p" variant="headingSm" numeric>
            {value}
          </Text>
        </Box>
      ))}
    </InlineStack>
  );
}
