import { useState } from "react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { SourcesResult } from "./route";

type Source = { key: string; madeAt: Date | string; heardAt: Date | string | null };
type Props = {
  sources: Source[];
  urls: { aftership: string; feed: string };
  waiting: number;
  locale: string;
  timezone: string;
};

const EXAMPLE = `{"scans": [{
  "tracking_number": "PW123",
  "status": "delivered",
  "happened_at": "2026-11-22T14:05:00Z",
  "handover": "neighbour",
  "city": "Hamburg"
}]}`;

/** An aggregator and a system of one's own: where to send to, and by which secret it is known. */
export function SourceCards({ sources, urls, waiting, locale, timezone }: Props) {
  const { save, saving, problems, result } = useSave<object, SourcesResult>();
  const [secret, setSecret] = useState("");
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const aftership = sources.find(({ key }) => key === "aftership");
  const feed = sources.find(({ key }) => key === "feed");
  const heard = (source: Source) =>
    source.heardAt ? `Last heard ${time.format(new Date(source.heardAt))}.` : "Nothing heard yet.";
  return (
    <>
      {waiting > 0 && (
        <Banner tone="info">
          {waiting === 1 ? "One scan waits" : `${waiting} scans wait`} for a parcel with their tracking
          number. They are taken over as soon as there is one.
        </Banner>
      )}
      <Card>
        <BlockStack gap="300">
          <Heading title="AfterShip" connected={Boolean(aftership)} />
          <Text as="p" tone="subdued">
            In AfterShip, under Settings → Webhooks, add this address for all tracking updates, and paste the
            secret shown there. {aftership ? heard(aftership) : ""}
          </Text>
          <TextField
            label="Address for AfterShip"
            value={urls.aftership}
            readOnly
            selectTextOnFocus
            autoComplete="off"
          />
          <TextField
            label="AfterShip's webhook secret"
            type="password"
            value={secret}
            onChange={setSecret}
            error={problems.secret}
            helpText="Kept sealed; it cannot be shown again."
            autoComplete="off"
          />
          <InlineStack gap="200">
            <Button
              variant="primary"
              loading={saving}
              onClick={() => {
                save({ intent: "connect-aftership", secret });
                setSecret("");
              }}
            >
              {aftership ? "Use this secret" : "Connect AfterShip"}
            </Button>
            {aftership && (
              <Button tone="critical" onClick={() => save({ intent: "disconnect", key: "aftership" })}>
                Disconnect AfterShip
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Heading title="Any other system" connected={Boolean(feed)} />
          <Text as="p" tone="subdued">
            Your warehouse or carrier posts JSON to this address, with the header “Authorization: Bearer” and
            your secret. Bad rows are named in the answer; the good ones are taken. {feed ? heard(feed) : ""}
          </Text>
          <TextField
            label="Address for scans"
            value={urls.feed}
            readOnly
            selectTextOnFocus
            autoComplete="off"
          />
          <TextField label="Example" value={EXAMPLE} readOnly multiline={7} monospaced autoComplete="off" />
          {result?.secret && (
            <Banner tone="warning" title="Copy this secret now">
              <BlockStack gap="200">
                <Text as="p">It is shown once. A secret that was there before is worthless now.</Text>
                <TextField
                  label="Secret for scans"
                  value={result.secret}
                  readOnly
                  selectTextOnFocus
                  autoComplete="off"
                />
              </BlockStack>
            </Banner>
          )}
          <InlineStack gap="200">
            <Button loading={saving} onClick={() => save({ intent: "make-feed-secret" })}>
              {feed ? "Make a new secret" : "Make a secret"}
            </Button>
            {feed && (
              <Button tone="critical" onClick={() => save({ intent: "disconnect", key: "feed" })}>
                Stop listening
              </Button>
            )}
          </InlineStack>
        </BlockStack>
      </Card>
    </>
  );
}

function Heading({ title, connected }: { title: string; connected: boolean }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
      {connected ? <Badge tone="success">Connected</Badge> : <Badge>Not connected</Badge>}
    </InlineStack>
  );
}
