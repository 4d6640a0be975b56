import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

type Action = { content: string; url?: string; onAction?: () => void; loading?: boolean };

type EmptyStateProps = { heading: string; action?: Action; secondaryAction?: Action; children?: ReactNode };

/**
 * What a page says as long as there is nothing on it: what it is for, and the first step. Polaris' own waits for a picture
 * and makes room for it until then, so that the page jumps; this one has none.
 */
export function EmptyState({ heading, action, secondaryAction, children }: EmptyStateProps) {
  return (
    <Box paddingBlock="1000" paddingInline="400">
      <BlockStack gap="400" inlineAlign="center">
        <Box maxWidth="440px">
          <BlockStack gap="150">
            <Text as="h2" variant="headingMd" alignment="center">
              {heading}
            </Text>
            <Text as="span" alignment="center" tone="subdued">
              {children}
            </Text>
          </BlockStack>
        </Box>
        {(action || secondaryAction) && (
          <InlineStack gap="200" align="center">
            {secondaryAction && <ActionButton {...secondaryAction} />}
            {action && <ActionButton {...action} primary />}
          </InlineStack>
        )}
      </BlockStack>
    </Box>
  );
}

function ActionButton({ content, url, onAction, loading, primary }: Action & { primary?: boolean }) {
  return (
    <Button
      variant={primary ? "primary" : undefined}
      loading={loading}
      {...(url ? { url } : { onClick: onAction })}
    >
      {content}
    </Button>
  );
}
