import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from "#app/ui/icons";
import { Button, ButtonGroup } from "#app/ui/polaris";
import { useEditor } from "./vocabulary";

type CardButtonsProps = {
  id: string;
  /** What the step does, so that each button says which step it is about. */
  words: string;
  index: number;
  count: number;
};

/** Move up, move down, delete. */
export function CardButtons({ id, words, index, count }: CardButtonsProps) {
  const { make, remove } = useEditor();
  const move = (by: -1 | 1) => {
    make({ type: "move", id, by });
    requestAnimationFrame(() => focusOnMove(id, by));
  };
  return (
    <ButtonGroup noWrap gap="extraTight">
      <Button
        id={`up-${id}`}
        icon={ArrowUpIcon}
        variant="tertiary"
        size="micro"
        disabled={index === 0}
        onClick={() => move(-1)}
        accessibilityLabel={`Move up: ${words}`}
      />
      <Button
        id={`down-${id}`}
        icon={ArrowDownIcon}
        variant="tertiary"
        size="micro"
        disabled={index === count - 1}
        onClick={() => move(1)}
        accessibilityLabel={`Move down: ${words}`}
      />
      <Button
        icon={DeleteIcon}
        variant="tertiary"
        size="micro"
        onClick={() => remove(id, words)}
        accessibilityLabel={`Delete: ${words}`}
      />
    </ButtonGroup>
  );
}

/** A card that was moved keeps the focus; at the end of its list the other arrow takes it. */
function focusOnMove(id: string, by: -1 | 1): void {
  const names = by < 0 ? ["up", "down"] : ["down", "up"];
  const buttons = names.map((name) => document.getElementById(`${name}-${id}`) as HTMLButtonElement | null);
  buttons.find((button) => button && !button.disabled && button.ariaDisabled !== "true")?.focus();
}
