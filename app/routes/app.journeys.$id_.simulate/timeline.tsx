import type { ReactNode } from "react";
import type { SimulatedStep, Simulation } from "#app/journeys/simulate.server";
import { conditionsWords, lower, stepWords, type Names } from "#app/journeys/words";
import { HEARD } from "#app/journeys/triggers";
import { Badge, BlockStack, Box, Card, InlineStack, Text } from "#app/ui/polaris";
import { MailLook } from "./mail-look";
import { CHANNEL_WORDS, KEPT_WORDS, reasonWords } from "./reason-words";

/** As it comes through the loader, where moments may be text. */
type Shown = Omit<Simulation, "steps" | "endsAt"> & {
  steps: (Omit<SimulatedStep, "at"> & { at: string | Date })[];
  endsAt: string | Date;
};

type TimelineProps = {
  simulation: Shown | null;
  orderGid: string;
  names: Names;
  locale: string;
  timezone: string;
};

/** What one shopper would get, and when; what they would not get, and why. Nothing of it happens. */
export function Timeline({ simulation, orderGid, names, locale, timezone }: TimelineProps) {
  const time = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: timezone,
  });
  if (!simulation) return <NothingChosen />;
  const { person, kept, steps, endsAt, left } = simulation;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <div role="status">
            <Text as="h2" variant="headingMd">
              {`What ${person} would get`}
            </Text>
          </div>
          <Text as="p" tone="subdued">
            As things are now, and as if it began now. Nothing is sent.
          </Text>
        </BlockStack>
        {kept && (
          <Text as="p" fontWeight="semibold">
            {`${person} would not enter: ${KEPT_WORDS[kept]} If they did, this would come:`}
          </Text>
        )}
        <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {steps.map((entry, index) => (
            <Row key={index} when={time.format(new Date(entry.at))}>
              <Entry entry={entry} orderGid={orderGid} names={names} />
            </Row>
          ))}
          <Row when={time.format(new Date(endsAt))}>
            <Text as="p" fontWeight="semibold">
              {left ? `Leaves here: ${leftWords(left, names)}` : "The end."}
            </Text>
          </Row>
        </ol>
      </BlockStack>
    </Card>
  );
}

function NothingChosen() {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          Choose an order
        </Text>
        <Text as="p" tone="subdued">
          Then you see here, step by step, what its shopper would get and when, and what not and why.
        </Text>
      </BlockStack>
    </Card>
  );
}

function Row({ when, children }: { when: string; children: ReactNode }) {
  return (
    <li style={{ borderInlineStart: "2px solid #c9cccf", paddingInlineStart: 16 }}>
      <Box paddingBlockEnd="400">
        <Text as="p" variant="bodySm" tone="subdued" numeric>
          {when}
        </Text>
        {children}
      </Box>
    </li>
  );
}

type EntryProps = { entry: Shown["steps"][number]; orderGid: string; names: Names };

function Entry({ entry, orderGid, names }: EntryProps) {
  const { step, outcome, reason, to, path } = entry;
  const template = step.type === "send" ? step.template : step.type === "review-ask" ? "review" : "";
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">
          {stepWords(step, names)}
        </Text>
        {outcome === "refused" && <Badge tone="warning">Not done</Badge>}
      </InlineStack>
      {path !== null && <Text as="p">{path ? `Takes “${path}”.` : "Takes “Otherwise”."}</Text>}
      {to && (
        <Text as="p" tone="subdued">
          {`By ${CHANNEL_WORDS[to.channel] ?? to.channel}${to.address.includes("@") || to.address.startsWith("+") ? ` to ${to.address}` : ""}.`}
        </Text>
      )}
      {reason !== null && <Text as="p">{reasonWords(reason)}</Text>}
      {template && (
        <MailLook template={template} name={names.templates[template] ?? template} orderGid={orderGid} />
      )}
    </BlockStack>
  );
}

function leftWords({ reason, exit }: NonNullable<Shown["left"]>, names: Names): string {
  if (!exit) return reasonWords(reason);
  return exit.type === "fact"
    ? `${lower(HEARD[exit.fact].label)}.`
    : `${lower(conditionsWords(exit.when, names))}.`;
}
