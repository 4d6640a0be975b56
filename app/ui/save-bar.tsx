import { useBlocker, type BlockerFunction } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { useCallback, useEffect } from "react";

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
  useLeaveConfirmation(dirty && !saving);
  return (
    <SaveBar id={id} open={dirty}>
      <button variant="primary" onClick={onSave} disabled={saving} {...(saving ? { loading: "" } : {})} />
      <button onClick={onDiscard} disabled={saving} />
    </SaveBar>
  );
}

/**
 * The admin guards its own links. Those inside the page, such as the way back, are Remix's: they wait until the admin
 * says that the merchant wants to leave; where the merchant stays, its answer never comes.
 */
function useLeaveConfirmation(dirty: boolean): void {
  const shopify = useAppBridge();
  const leavesPage = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
    [dirty],
  );
  const blocker = useBlocker(leavesPage);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    let isCurrent = true;
    void shopify.saveBar.leaveConfirmation().then(() => {
      if (isCurrent) blocker.proceed();
    });
    return () => {
      isCurrent = false;
    };
  }, [blocker, shopify]);
}
