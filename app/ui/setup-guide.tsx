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
const WORDS = { done: "Done", skipped: "Skipped", open: "To do" };

/** The way from installed to selling. Every step can be skipped and done later; the guide can be put away. */
export function SetupGuide({ steps, onDismiss }: { steps: GuideStep[]; onDismiss: () => void }) {
  const done = steps.filter(({ state }) => state !== "open").length;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              Set-up guide
            </Text>
            <Text as="p" tone="subdued">{`${done} of ${steps.length} steps`}</Text>
          </BlockStack>
          <Button variant="tertiary" onClick={onDismiss}>
            Put away
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
                <Button
                  url={step.path}
                  variant={step.state === "open" ? "secondary" : "plain"}
                  accessibilityLabel={`${step.state === "open" ? "Start" : "Change"}: ${step.title}`}
                >
                  {step.state === "open" ? "Start" : "Change"}
                </Button>
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
