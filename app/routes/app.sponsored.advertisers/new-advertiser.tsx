import { useEffect, useState } from "react";
import { BlockStack, Button, Card, FormLayout, InlineStack, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

const EMPTY = { name: "", domain: "" };

/** Adds a brand; it waits for approval like any other. */
export function NewAdvertiser({ isFirst }: { isFirst: boolean }) {
  const [form, setForm] = useState(EMPTY);
  const { save, saving, problems, result } = useSave<{ intent: "add"; form: typeof EMPTY }>();
  // A second press must not add the same brand again.
  useEffect(() => {
    if (result?.saved) setForm(EMPTY);
  }, [result]);
  const add = () => save({ intent: "add", form });
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {isFirst ? "Add your first advertiser" : "Add an advertiser"}
          </Text>
          {isFirst && (
            <Text as="p" tone="subdued">
              A brand that wants to reach your customers after they bought: a coffee roaster for a shop that
              sells cups, for example. You agree with it on a price per click or per sale; Postlude shows it
              where it fits, counts, and writes the statement.
            </Text>
          )}
          <FormLayout>
            <FormLayout.Group>
              <TextField
                label="Name"
                value={form.name}
                onChange={(name) => setForm({ ...form, name })}
                error={problems.name}
                helpText="Shoppers see it."
                maxLength={60}
                autoComplete="off"
              />
              <TextField
                label="Domain"
                value={form.domain}
                onChange={(domain) => setForm({ ...form, domain })}
                error={problems.domain}
                helpText="Its campaigns lead there and nowhere else, e.g. brand.example."
                autoComplete="off"
              />
            </FormLayout.Group>
          </FormLayout>
          <InlineStack>
            <Button submit loading={saving}>
              Add advertiser
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
