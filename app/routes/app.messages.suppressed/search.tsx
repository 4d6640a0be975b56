import { Form } from "@remix-run/react";
import { useState } from "react";
import { STOP_REASONS, type StopReason } from "#app/messages/stop-reasons";
import { Box, Button, InlineGrid, Select, TextField } from "#app/ui/polaris";
import { REASON_WORDS } from "./reason-words";

type SearchProps = { asked: { reason: StopReason | null; address: string }; problem: string | null };

export function Search({ asked, problem }: SearchProps) {
  const [address, setAddress] = useState(asked.address);
  const [reason, setReason] = useState<string>(asked.reason ?? "");
  return (
    <Form>
      <InlineGrid columns={{ xs: 1, sm: ["twoThirds", "oneThird"] }} gap="300">
        <TextField
          label="Address"
          name="address"
          placeholder="ada@example.com"
          helpText="The whole email address or phone number."
          value={address}
          onChange={setAddress}
          error={problem ?? undefined}
          autoComplete="off"
        />
        <Select
          label="Reason"
          name="reason"
          options={[
            { label: "All", value: "" },
            ...STOP_REASONS.map((value) => ({ value, label: REASON_WORDS[value].label })),
          ]}
          value={reason}
          onChange={setReason}
        />
      </InlineGrid>
      <Box paddingBlockStart="300">
        <Button submit>Find addresses</Button>
      </Box>
    </Form>
  );
}
