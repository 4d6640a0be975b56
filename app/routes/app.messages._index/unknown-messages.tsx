import { Banner, BlockStack, Button, ButtonGroup, InlineStack, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { MessagesAction } from "./form";

type UnknownMessage = {
  id: string;
  mail: string;
  recipient: string | null;
  orderName: string | null;
  queuedAt: string | Date;
};

/** Mails of which nobody knows whether they left: the merchant decides about each. */
export function UnknownMessages({
  messages,
  time,
}: {
  messages: UnknownMessage[];
  time: Intl.DateTimeFormat;
}) {
  return (
    <Banner tone="warning" title="Did these emails leave? We cannot tell">
      <BlockStack gap="300">
        <Text as="p">
          The connection broke after we handed the email over and before the mail server answered. Sending
          again may mean that a shopper gets it twice.
        </Text>
        {messages.map((message) => (
          <UnknownEntry key={message.id} message={message} time={time} />
        ))}
      </BlockStack>
    </Banner>
  );
}

function UnknownEntry({ message, time }: { message: UnknownMessage; time: Intl.DateTimeFormat }) {
  const { save, saving } = useSave<MessagesAction>();
  const { id, mail, recipient, orderName, queuedAt } = message;
  const what = [mail, orderName, recipient].filter(Boolean).join(" · ");
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <Text as="p">{`${what}, ${time.format(new Date(queuedAt))}`}</Text>
      <ButtonGroup>
        <Button
          onClick={() => save({ intent: "send-again", id })}
          loading={saving}
          accessibilityLabel={`Send again: ${what}`}
        >
          Send again
        </Button>
        <Button
          variant="tertiary"
          onClick={() => save({ intent: "leave", id })}
          disabled={saving}
          accessibilityLabel={`Leave it: ${what}`}
        >
          Leave it
        </Button>
      </ButtonGroup>
    </InlineStack>
  );
}
