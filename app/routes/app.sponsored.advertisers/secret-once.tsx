import { useEffect, useRef } from "react";
import { Banner, BlockStack, Text, TextField } from "#app/ui/polaris";

/** The secret, this one time: it is stored sealed and cannot be shown again. Takes the focus, so that it is not missed. */
export function SecretOnce({ secret }: { secret: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), [secret]);
  return (
    <Banner tone="warning" title="Copy this secret now">
      <BlockStack gap="200">
        <Text as="p">
          It is shown once. Hand it to the advertiser on a safe way. A secret that was there before works for
          one more day.
        </Text>
        <div ref={box}>
          <TextField label="Secret" value={secret} readOnly selectTextOnFocus autoComplete="off" />
        </div>
      </BlockStack>
    </Banner>
  );
}
