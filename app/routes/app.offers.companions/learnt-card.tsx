import { BlockStack, Card, Text } from "#app/ui/polaris";

type LearntCardProps = {
  /** As it comes from the loader: dates are what JSON makes of them. */
  state: { learntAt: string | Date; orders: number; products: number; hitRate: number | null } | null;
  locale: string;
  timezone: string;
};

/** What the knowledge rests on, and how good it is: measured on the shop's own newest orders. */
export function LearntCard({ state, locale, timezone }: LearntCardProps) {
  const count = new Intl.NumberFormat(locale);
  if (!state || state.orders === 0) {
    return (
      <Card>
        <Text as="p">
          Your shop has no orders to learn from yet. Until then offers come from your best sellers and your
          catalogue. You can already say below what goes together.
        </Text>
      </Card>
    );
  }
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p">
          {`Learnt on ${day.format(new Date(state.learntAt))} from ${count.format(state.orders)} orders with ${count.format(state.products)} products. Learnt anew every week.`}
        </Text>
        <Text as="p" tone="subdued">
          {state.hitRate === null
            ? "From about 300 orders on, we also measure how well it foretells your newest orders."
            : `In a test on your newest orders we hid one product of each: ${count.format(Math.round(state.hitRate * 100))} times in 100 it was among our first three guesses.`}
        </Text>
      </BlockStack>
    </Card>
  );
}
