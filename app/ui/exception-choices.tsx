import type { ExceptionKind } from "#app/parcels/exception";
import { EXCEPTION_WORDS } from "./exception-words";
import { Checkbox } from "./polaris";

type Props = {
  kinds: readonly ExceptionKind[];
  isOn: (kind: ExceptionKind) => boolean;
  onSwitch: (kind: ExceptionKind, on: boolean) => void;
};

/** One box for each thing that can go wrong with a delivery. */
export function ExceptionChoices({ kinds, isOn, onSwitch }: Props) {
  return kinds.map((kind) => (
    <Checkbox
      key={kind}
      label={EXCEPTION_WORDS[kind].name}
      helpText={EXCEPTION_WORDS[kind].means}
      checked={isOn(kind)}
      onChange={(on) => onSwitch(kind, on)}
    />
  ));
}
