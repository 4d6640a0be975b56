import type { CampaignPreview, PreviewPerson } from "#app/messages/campaign-desk.server";
import { CHANNEL_LABELS, reasonText } from "#app/ui/message-words";
import { BlockStack, Box, Card, List, Text } from "#app/ui/polaris";
import type { CampaignDraft, Look } from "./form";

type Words = { locale: string; timezone: string };

type ReachProps = {
  draft: CampaignDraft;
  look: Look | undefined;
  /** A field has to be corrected before anybody can be counted. */
  isWrong: boolean;
} & Words;

/** Who gets it and who does not, and why, as the planner would judge now. */
export function ReachCard({ draft, look, isWrong, ...words }: ReachProps) {
  // Said at once: it need not wait for the count.
  const isChosen = draft.template !== "" && draft.channels.length > 0;
  const count = new Intl.NumberFormat(words.locale);
  return (
    <Card>
      <Box minHeight="240px">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Who gets it
          </Text>
          <div aria-live="polite">
            {isWrong ? (
              <Text as="p">Correct the marked fields to see who gets it.</Text>
            ) : (
              <Text as="p" variant="headingLg">
                {look ? customers(look.audience, count) : "Counting …"}
              </Text>
            )}
          </div>
          {!isWrong && !isChosen && (
            <Text as="p" tone="subdued">
              Choose a message and a channel to see who of them may get it.
            </Text>
          )}
          {isChosen && look?.preview && <Judged preview={look.preview} count={count} {...words} />}
        </BlockStack>
      </Box>
    </Card>
  );
}

function customers(number: number, count: Intl.NumberFormat): string {
  return `${count.format(number)} ${number === 1 ? "customer" : "customers"}`;
}

type JudgedProps = { preview: CampaignPreview; count: Intl.NumberFormat } & Words;

function Judged({ preview, count, ...words }: JudgedProps) {
  const { audience, lookedAt, getIt, reasons, examples } = preview;
  const sorted = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return (
    <>
      {lookedAt < audience && (
        <Text as="p" tone="subdued">
          {`The first ${count.format(lookedAt)} of them, judged as of now:`}
        </Text>
      )}
      <Text as="p">{`${count.format(getIt)} get it`}</Text>
      <People people={examples.getIt} {...words} />
      {sorted.length > 0 && (
        <>
          <Text as="p">{`${count.format(lookedAt - getIt)} do not`}</Text>
          <List>
            {sorted.map(([reason, number]) => (
              <List.Item key={reason}>{`${count.format(number)}: ${reasonText(reason)}`}</List.Item>
            ))}
          </List>
          <People people={examples.not} {...words} />
        </>
      )}
    </>
  );
}

function People({ people, locale, timezone }: { people: PreviewPerson[] } & Words) {
  if (people.length === 0) return null;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: timezone,
  });
  const detail = ({ reason, channel, dueAt }: PreviewPerson) =>
    reason ? reasonText(reason) : `${CHANNEL_LABELS[channel] ?? channel}, ${time.format(new Date(dueAt))}`;
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodySm" tone="subdued">
        For example
      </Text>
      {people.map((person) => (
        <Text as="p" variant="bodySm" key={person.customerGid} breakWord>
          {`${person.name || person.address || "A customer"}: ${detail(person)}`}
        </Text>
      ))}
    </BlockStack>
  );
}
