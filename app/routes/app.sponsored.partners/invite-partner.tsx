import { useState } from "react";
import { BlockStack, Button, Card, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

/** Asks another shop that uses this installation. */
export function InvitePartner({ isFirst }: { isFirst: boolean }) {
  const [domain, setDomain] = useState("");
  const { save, saving, problems } = useSave<{ intent: "invite"; domain: string }>();
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save({ intent: "invite", domain });
        }}
      >
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {isFirst ? "Find your first partner" : "Invite a partner"}
          </Text>
          {isFirst && (
            <Text as="p" tone="subdued">
              A shop whose goods go with yours, without competing. You invite it, it agrees; then each of you
              chooses which offers the other may show, and approves what is shown in its own shop. Clicks and
              sales are settled in both ledgers.
            </Text>
          )}
          <TextField
            label="Partner's shop"
            value={domain}
            onChange={setDomain}
            error={problems.domain}
            placeholder="brand.myshopify.com"
            helpText="It sees your invitation on this page, if it uses the same installation."
            autoComplete="off"
            connectedRight={
              <Button submit loading={saving}>
                Invite
              </Button>
            }
          />
        </BlockStack>
      </form>
    </Card>
  );
}
