import { exceptionName, EXCEPTION_WORDS } from "#app/ui/exception-words";
import type { ExceptionKind } from "#app/parcels/exception";
import { Banner, BlockStack, Button, InlineStack, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

type Wrong = { id: string; kind: string; openedAt: Date | string; toldAt: Date | string | null };

/** What is wrong with this parcel now, whether the shopper knows, and the way to call it put right. */
export function WrongNow({
  exceptions,
  locale,
  timezone,
}: {
  exceptions: Wrong[];
  locale: string;
  timezone: string;
}) {
  const { save, saving } = useSave<object>();
  if (exceptions.length === 0) return null;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const told = ({ toldAt }: Wrong) =>
    toldAt ? `The shopper was told on ${time.format(new Date(toldAt))}.` : "The shopper has not been told.";
  return (
    <Banner tone="warning" title={exceptions.map(({ kind }) => exceptionName(kind)).join(", ")}>
      <BlockStack gap="200">
        {exceptions.map((wrong) => (
          <Text as="p" key={wrong.id}>
            {`${EXCEPTION_WORDS[wrong.kind as ExceptionKind]?.means ?? ""} ${told(wrong)} Marketing to this shopper rests.`}
          </Text>
        ))}
        <InlineStack>
          <Button loading={saving} onClick={() => save({ intent: "settle", message: "" })}>
            Put right
          </Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
