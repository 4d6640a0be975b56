import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Link, Text } from "#app/ui/polaris";
import type { MailLookResult } from "./look-at-mail.server";

type MailLookProps = { template: string; name: string; orderGid: string };

/** The very mail that this shopper would get, on request; and the way to its editor. */
export function MailLook({ template, name, orderGid }: MailLookProps) {
  const { data, state, submit } = useFetcher<MailLookResult>();
  const look = () =>
    submit(JSON.stringify({ template, orderGid }), { method: "post", encType: "application/json" });
  return (
    <BlockStack gap="200">
      <InlineStack gap="300" blockAlign="center">
        <Button
          size="slim"
          onClick={look}
          loading={state !== "idle"}
          accessibilityLabel={`Look at the message: ${name}`}
        >
          Look at the message
        </Button>
        <Link url={`/app/messages/${template}`} accessibilityLabel={`Edit it: ${name}`}>
          Edit it
        </Link>
      </InlineStack>
      {data?.status === "rendered" && (
        <BlockStack gap="100">
          <Text as="p">{`Subject: ${data.subject}`}</Text>
          <iframe
            title={`The message “${name}”`}
            sandbox=""
            srcDoc={data.html}
            style={{ width: "100%", height: 480, border: "1px solid #e3e3e3", borderRadius: 8 }}
          />
        </BlockStack>
      )}
      {data?.status === "none" && (
        <Text as="p" tone="critical">
          This message cannot be shown: its template has a problem. Look at it in the editor.
        </Text>
      )}
    </BlockStack>
  );
}
