import { BlockStack, Card, Link, Text, TextField } from "#app/ui/polaris";

/** Where mails that came back can be told to us. */
export function ReturnedMail({ url }: { url: string }) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Emails that come back
        </Text>
        <Text as="p" tone="subdued">
          Addresses that no longer exist, and people who press “spam”, are not written to again. Your mail
          provider tells us by itself where it is connected (SendGrid, Postmark). Otherwise let your mail
          server post such mails, as they came, to this address. Keep it secret.{" "}
          <Link url="/app/messages/suppressed">See whom that has stopped</Link>
        </Text>
        <TextField label="Address for returned emails" value={url} readOnly autoComplete="off" />
      </BlockStack>
    </Card>
  );
}
