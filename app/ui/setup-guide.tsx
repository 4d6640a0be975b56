import { BlockStack, Button, Card, Icon, InlineStack, ProgressBar, Text } from "./polaris";
import { CheckCircleIcon, ClockIcon, MinusCircleIcon } from "@shopify/polaris-icons";

export type GuideStep = {
  key: string;
  title: string;
  text: string;
  state: "open" | "done" | "skipped";
  path: string;
};

const ICONS = { done: CheckCircleIcon, skipped: MinusCircleIcon, open: ClockIcon };
const VERBS = { done: "Change", skipped: "Start", open: "Start" };
const WORDS = { done: "Done", skipped: "Skipped", open: "To do" };

/** The way from installed to selling. Every step can be skipped and done later; the guide can be put away. */
export function SetupGuide({
  steps,
  saving,
  onDismiss,
}: {
  steps: GuideStep[];
  saving: boolean;
  onDismiss: () => void;
}) {
  const done = steps.filter(({ state }) => state === "done").length;
  const isOver = steps.every(({ state }) => state !== "open");
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              Set-up guide
            </Text>
            <Text as="p" tone="subdued">
              {`${done} of ${steps.length} steps done.`}
              {isOver && " You can come back to each of them, and dismiss this guide."}
            </Text>
          </BlockStack>
          <Button variant="tertiary" onClick={onDismiss} loading={saving}>
            Dismiss
          </Button>
        </InlineStack>
        <ProgressBar progress={(done / steps.length) * 100} size="small" tone="success" />
        <BlockStack gap="300" as="ul">
          {steps.map((step) => (
            <li key={step.key} style={{ listStyle: "none" }}>
              <InlineStack align="space-between" blockAlign="center" gap="300" wrap={false}>
                <InlineStack gap="300" blockAlign="center" wrap={false}>
                  <span>
                    <Icon
                      source={ICONS[step.state]}
                      tone={step.state === "done" ? "success" : "subdued"}
                      accessibilityLabel={WORDS[step.state]}
                    />
                  </span>
                  <BlockStack gap="050">
                    <Text as="h3" variant="bodyMd" fontWeight="semibold">
                      {step.title}
                    </Text>
                    <Text as="p" tone="subdued">
                      {step.text}
                    </Text>
                  </BlockStack>
                </InlineStack>
                <div style={{ flexShrink: 0 }}>
                  <Button
                    url={step.path}
                    variant={step.state === "done" ? "plain" : "secondary"}
                    accessibilityLabel={`${VERBS[step.state]}: ${step.title}`}
                  >
                    {VERBS[step.state]}
                  </Button>
                </div>
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
