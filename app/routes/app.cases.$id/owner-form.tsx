import { useEffect, useState } from "react";
import { Button, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { CaseForm } from "./route";

/** Whose case it is, as staff call each other. */
export function OwnerForm({ owner }: { owner: string }) {
  const [name, setName] = useState(owner);
  useEffect(() => setName(owner), [owner]);
  const { save, saving, problems } = useSave<CaseForm>();
  return (
    <TextField
      label="Owner"
      value={name}
      onChange={setName}
      error={problems.owner}
      placeholder="Nobody's yet"
      maxLength={60}
      autoComplete="off"
      connectedRight={
        <Button
          loading={saving}
          disabled={name === owner}
          onClick={() => save({ intent: "give", owner: name })}
        >
          Save
        </Button>
      }
    />
  );
}
