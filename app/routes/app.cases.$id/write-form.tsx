import { useEffect, useState } from "react";
import { MOST_CHARACTERS } from "#app/cases/case";
import { Banner, BlockStack, Button, Card, ChoiceList, InlineStack, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { CaseForm } from "./route";

/** An answer to the shopper, or a note among staff. */
export function WriteForm({ email, isSolved }: { email: string | null; isSolved: boolean }) {
  const [kind, setKind] = useState<"reply" | "note">(email ? "reply" : "note");
  const [text, setText] = useState("");
  const [replyId, setReplyId] = useState("");
  const { save, saving, problems, result } = useSave<CaseForm>();
  useEffect(() => setReplyId(crypto.randomUUID()), [result]);
  useEffect(() => {
    if (result?.saved) setText("");
  }, [result]);
  const reply = (solves: boolean) => save({ intent: "reply", replyId, text, solves });
  return (
    <Card>
      <BlockStack gap="400">
        {problems[""] && <Banner tone="critical">{problems[""]}</Banner>}
        <ChoiceList
          title="Write"
          choices={[
            {
              label: email ? `An answer to ${email}` : "An answer (there is no address)",
              value: "reply",
              disabled: !email,
            },
            { label: "A note for your staff", value: "note" },
          ]}
          selected={[kind]}
          onChange={([chosen]) => setKind(chosen as "reply" | "note")}
        />
        <TextField
          label={kind === "reply" ? "Your answer" : "Note"}
          value={text}
          onChange={setText}
          error={problems.text}
          helpText={
            kind === "reply"
              ? "Greeting and frame come from the template “Answer in a case”, in the shopper's language."
              : "The shopper does not see it."
          }
          multiline={4}
          maxLength={MOST_CHARACTERS}
          autoComplete="off"
        />
        {kind === "reply" ? (
          <InlineStack gap="200">
            <Button variant="primary" loading={saving} onClick={() => reply(false)}>
              Send
            </Button>
            {!isSolved && (
              <Button disabled={saving} onClick={() => reply(true)}>
                Send and solve
              </Button>
            )}
          </InlineStack>
        ) : (
          <InlineStack>
            <Button variant="primary" loading={saving} onClick={() => save({ intent: "note", text })}>
              Add note
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
