import { useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { BlockStack, Button, Card, InlineStack, Spinner, Text, TextField } from "#app/ui/polaris";

type FoundOrder = { gid: string; name: string; placedAt: string | Date; shopper: string };

type OrderChoiceProps = {
  words: string;
  orders: FoundOrder[];
  chosen: string | null;
  loading: boolean;
  locale: string;
  timezone: string;
};

/** Finds a real order to try the journey on; what is looked for stands in the address, so that "back" works. */
export function OrderChoice({ words, orders, chosen, loading, locale, timezone }: OrderChoiceProps) {
  const [, setParams] = useSearchParams();
  const [text, setText] = useState(words);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const put = (name: string, value: string) =>
    setParams(
      (current) => {
        if (value) current.set(name, value);
        else current.delete(name);
        return current;
      },
      { preventScrollReset: true },
    );
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Try it on a real order
          </Text>
          {loading && <Spinner size="small" accessibilityLabel="Looking" />}
        </InlineStack>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            put("find", text.trim());
          }}
        >
          <TextField
            label="Order number, name or email"
            value={text}
            onChange={setText}
            maxLength={100}
            clearButton
            onClearButtonClick={() => {
              setText("");
              put("find", "");
            }}
            autoComplete="off"
            connectedRight={<Button submit>Find</Button>}
          />
        </form>
        {orders.length === 0 && (
          <Text as="p" tone="subdued">
            {words
              ? "No order fits. Only the beginning of a name or an email is compared."
              : "No orders yet."}
          </Text>
        )}
        <BlockStack gap="100" as="ul">
          {orders.map(({ gid, name, placedAt, shopper }) => (
            <li key={gid} style={{ listStyle: "none" }}>
              <Button
                fullWidth
                textAlign="start"
                variant={gid === chosen ? "secondary" : "tertiary"}
                pressed={gid === chosen}
                onClick={() => put("order", gid)}
              >
                {`${name} · ${shopper} · ${day.format(new Date(placedAt))}`}
              </Button>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
