import { SaveBar } from "@shopify/app-bridge-react";

type UnsavedChangesProps = {
  /** Unique on the page. */
  id: string;
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
};

/** The admin's contextual save bar: appears with the first change, keeps the merchant from losing it. */
export function UnsavedChanges({ id, dirty, saving, onSave, onDiscard }: UnsavedChangesProps) {
  return (
    <SaveBar id={id} open={dirty}>
      <button variant="primary" onClick={onSave} disabled={saving} {...(saving ? { loading: "" } : {})} />
      <button onClick={onDiscard} disabled={saving} />
    </SaveBar>
  );
}
