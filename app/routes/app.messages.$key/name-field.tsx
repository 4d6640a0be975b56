import { memo, useState } from "react";
import { Button, Card, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { TemplateAction } from "./form";

/** What the merchant calls an email of their own; renamed apart from its content, which has versions. */
export const NameField = memo(function NameField({ name }: { name: string }) {
  const [typed, setTyped] = useState(name);
  const { save, saving, problems } = useSave<TemplateAction>();
  return (
    <Card>
      <TextField
        label="Name"
        value={typed}
        onChange={setTyped}
        error={problems.name}
        helpText="Only you see it."
        maxLength={60}
        autoComplete="off"
        connectedRight={
          <Button
            onClick={() => save({ intent: "rename", name: typed })}
            loading={saving}
            disabled={typed.trim() === name}
          >
            Rename
          </Button>
        }
      />
    </Card>
  );
});
