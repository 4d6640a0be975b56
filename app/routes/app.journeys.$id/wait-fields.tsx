import { useState } from "react";
import { WAIT_LABELS, type Step, type WaitStep } from "#app/journeys/definition";
import { HEARD, HEARD_FACTS, type HeardFact } from "#app/journeys/triggers";
import { DURATION_UNITS, inUnits } from "#app/journeys/words";
import { NumberField } from "#app/ui/number-field";
import { Checkbox, FormLayout, Select, TextField } from "#app/ui/polaris";
import { blankWait } from "./blank";
import type { Problems } from "./vocabulary";

type WaitFieldsProps = {
  wait: WaitStep;
  problems: Problems;
  onChange: (change: Partial<Step>) => void;
};

export const HEARD_OPTIONS = HEARD_FACTS.map((value) => ({ value, label: HEARD[value].label }));

/** How long, or until what. */
export function WaitFields({ wait, problems, onChange }: WaitFieldsProps) {
  return (
    <FormLayout>
      <Select
        label="How to wait"
        options={Object.entries(WAIT_LABELS).map(([value, label]) => ({ value, label }))}
        value={wait.mode}
        onChange={(mode) => onChange(blankWait(wait.id, mode as WaitStep["mode"]))}
      />
      {wait.mode === "duration" && (
        <Duration
          label="How long"
          minutes={wait.minutes}
          error={problems.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
      )}
      {wait.mode === "until-fact" && (
        <>
          <Select
            label="Until this happens"
            options={HEARD_OPTIONS}
            value={wait.fact}
            error={problems.fact}
            onChange={(fact) => onChange({ fact: fact as HeardFact })}
          />
          <Duration
            label="but at most"
            minutes={wait.timeoutMinutes}
            error={problems.timeoutMinutes}
            onChange={(timeoutMinutes) => onChange({ timeoutMinutes })}
          />
        </>
      )}
      {wait.mode === "local-time" && (
        <>
          <Clock
            label="Time"
            value={wait.time}
            error={problems.time}
            onChange={(time) => onChange({ time })}
          />
          <Checkbox
            label="On a working day"
            helpText="Monday to Friday, without the days on which you are closed."
            checked={wait.businessDaysOnly}
            onChange={(businessDaysOnly) => onChange({ businessDaysOnly })}
          />
        </>
      )}
      {wait.mode === "business-hours" && (
        <FormLayout.Group condensed>
          <Clock
            label="From"
            value={wait.from}
            error={problems.from}
            onChange={(from) => onChange({ from })}
          />
          <Clock label="To" value={wait.to} error={problems.to} onChange={(to) => onChange({ to })} />
        </FormLayout.Group>
      )}
    </FormLayout>
  );
}

type DurationProps = { label: string; minutes: number; error?: string; onChange: (minutes: number) => void };

/** "2" "hours": the unit stays as it was chosen, also where another one would be whole. */
function Duration({ label, minutes, error, onChange }: DurationProps) {
  const [unit, setUnit] = useState(inUnits(minutes).unit);
  return (
    <FormLayout.Group condensed>
      <NumberField
        label={label}
        value={minutes / unit}
        error={error}
        onChange={(count) => onChange(count * unit)}
      />
      <Select
        label="Unit"
        options={DURATION_UNITS.map((one) => ({ value: String(one.minutes), label: one.label }))}
        value={String(unit)}
        onChange={(chosen) => {
          setUnit(Number(chosen));
          onChange((minutes / unit) * Number(chosen));
        }}
      />
    </FormLayout.Group>
  );
}

type ClockProps = { label: string; value: string; error?: string; onChange: (time: string) => void };

/** The time on the shop's clock. */
function Clock(props: ClockProps) {
  return <TextField {...props} type="time" autoComplete="off" />;
}
