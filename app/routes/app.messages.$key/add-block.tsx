import { useState } from "react";
import { BLOCKS } from "#app/messages/block-types";
import { BLOCK_TYPES, type BlockType } from "#app/messages/blocks";
import { ActionList, Button, Popover } from "#app/ui/polaris";

type AddBlockProps = {
  label: string;
  /** Left out: all. */
  types?: readonly BlockType[];
  onAdd: (type: BlockType) => void;
};

/** A button with a menu of the types of block. */
export function AddBlock({ label, types = BLOCK_TYPES, onAdd }: AddBlockProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      activator={
        <Button onClick={() => setOpen(!open)} disclosure>
          {label}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={types.map((type) => ({
          content: BLOCKS[type].label,
          helpText: BLOCKS[type].shows,
          onAction: () => {
            onAdd(type);
            setOpen(false);
          },
        }))}
      />
    </Popover>
  );
}
