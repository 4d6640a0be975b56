import {
  Badge,
  BlockStack,
  Button,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  Link,
  Text,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { ChannelsAction } from "./form";

type OwnChannelsProps = { push: boolean; inbox: boolean; phone: boolean; browsers: number; calls: number };

/** Channels that need no account anywhere. */
export function OwnChannels({ push, inbox, phone, browsers, calls }: OwnChannelsProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Without another account
        </Text>
        <Entry
          channel="push"
          name="Notifications in the browser"
          text="Shoppers switch them on on the tracking page. They get news about that order; marketing only if they tick it."
          enabled={push}
        >
          <Text as="p">
            {browsers === 0
              ? "No browser takes notifications yet."
              : `${browsers} ${browsers === 1 ? "browser takes" : "browsers take"} notifications.`}
          </Text>
        </Entry>
        <Divider />
        <Entry
          channel="inbox"
          name="Inbox on the order status and account pages"
          text="News stand on the pages that shoppers open anyway. It wakes nobody, but counts as a contact."
          enabled={inbox}
        />
        <Divider />
        <Entry
          channel="phone"
          name="Calls by your staff"
          text="The message becomes a task with the shopper's number and what to say."
          enabled={phone}
        >
          <Text as="p">
            <Link url="/app/messages/calls">
              {calls === 0 ? "See the calls" : `${calls} open ${calls === 1 ? "call" : "calls"}`}
            </Link>
          </Text>
        </Entry>
      </BlockStack>
    </Card>
  );
}

type EntryProps = {
  channel: "push" | "inbox" | "phone";
  name: string;
  text: string;
  enabled: boolean;
  children?: React.ReactNode;
};

function Entry({ channel, name, text, enabled, children }: EntryProps) {
  const { save, saving } = useSave<ChannelsAction>();
  return (
    <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="center">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          <Badge tone={enabled ? "success" : undefined}>{enabled ? "On" : "Off"}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {text}
        </Text>
        {children}
      </BlockStack>
      <InlineStack align="end">
        <Button
          loading={saving}
          onClick={() => save({ intent: "switch", channel, enabled: !enabled })}
          accessibilityLabel={`Switch ${enabled ? "off" : "on"} ${name}`}
        >
          {enabled ? "Switch off" : "Switch on"}
        </Button>
      </InlineStack>
    </InlineGrid>
  );
}
