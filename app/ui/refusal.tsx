import { useRevalidator, type ShouldRevalidateFunction } from "@remix-run/react";
import { useState } from "react";
import { Banner } from "./polaris";
import type { SaveResult } from "./save";

type RefusalProps = {
  /** The action's latest answer. */
  result: SaveResult | undefined;
  /** What is edited: "this offer". */
  what: string;
  /** Saves again, over the newer version. */
  onMine: () => void;
  /** Problems that no longer stand where they did; left out: those of the answer. */
  problems?: Record<string, string>;
};

/** Why nothing was saved, and what can be done about it: mend a field, or choose between two people's versions. */
export function Refusal({ result, what, onMine, problems = result?.problems ?? {} }: RefusalProps) {
  const { revalidate } = useRevalidator();
  const [settled, setSettled] = useState<SaveResult>();
  const [first] = Object.values(problems);
  if (!first || result === settled) return null;
  const isAboutFields = Object.keys(problems).some((field) => field !== "");
  if (!result?.isStale) {
    return (
      <Banner tone="critical" title="This cannot be saved yet">
        <p>
          {first} {isAboutFields && "The fields to look at are marked below."}
        </p>
      </Banner>
    );
  }
  const showTheirs = () => {
    setSettled(result);
    revalidate();
  };
  return (
    <Banner
      tone="warning"
      title={`Somebody changed ${what} meanwhile`}
      action={{ content: "Show their version", onAction: showTheirs }}
      secondaryAction={{ content: "Save mine as the newest", onAction: onMine }}
    >
      <p>Your changes are still here and not saved. Showing their version puts it in the place of yours.</p>
    </Banner>
  );
}

/** For a route's `shouldRevalidate`: what could not be saved stays as it is on the page. */
export const keepWhatWasRefused: ShouldRevalidateFunction = ({ actionResult, defaultShouldRevalidate }) => {
  const { problems } = (actionResult ?? {}) as Partial<SaveResult>;
  return Object.keys(problems ?? {}).length === 0 && defaultShouldRevalidate;
};
