import { useState } from "react";
import { BlockStack, Box, Button, ButtonGroup, Popover, Text } from "./polaris";

type ConfirmButtonProps = {
  label: string;
  /** Says which row, for those who hear the page. */
  accessibilityLabel?: string;
  /** What will happen. */
  question: string;
  /** What the confirming button says: a verb. */
  confirm: string;
  loading?: boolean;
  onConfirm: () => void;
};

/** A button that asks once more, beside itself, before it does what is not to be done by a slip. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, accessibilityLabel, question, confirm, loading, onConfirm } = props;
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Popover
      active={isOpen}
      onClose={close}
      autofocusTarget="first-node"
      activator={
        <Button
          size="slim"
          accessibilityLabel={accessibilityLabel}
          loading={loading}
          disclosure
          onClick={() => setOpen((open) => !open)}
        >
          {label}
        </Button>
      }
    >
      <Box padding="400" maxWidth="320px">
        <BlockStack gap="300">
          <Text as="p">{question}</Text>
          <ButtonGroup>
            <Button
              variant="primary"
              onClick={() => {
                close();
                onConfirm();
              }}
            >
              {confirm}
            </Button>
            <Button onClick={close}>Cancel</Button>
          </ButtonGroup>
        </BlockStack>
      </Box>
    </Popover>
  );
}
