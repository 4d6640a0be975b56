import { Text } from "#app/ui/polaris";

/** What went wrong, in a cell of a table. Cells keep to one line by themselves, and the action beside would be out of sight. */
export function ProblemText({ text, isFailure }: { text: string; isFailure: boolean }) {
  return (
    <div style={{ whiteSpace: "normal", minWidth: text ? "14rem" : undefined, maxWidth: "24rem" }}>
      <Text as="span" breakWord tone={isFailure ? "critical" : "subdued"}>
        {text}
      </Text>
    </div>
  );
}
