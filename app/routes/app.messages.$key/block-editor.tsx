import { useState } from "react";
import { BLOCK_TYPES, BLOCKS, MOST_BLOCKS, type Block, type BlockType } from "#app/messages/blocks";
import { ActionList, BlockStack, Button, Card, Popover, Text } from "#app/ui/polaris";
import { BlockCard } from "./block-card";
import type { Edit } from "./problems";

/** The mail's blocks: edit, add, remove, and put in order by dragging or with the arrow buttons. */
export function BlockEditor({ edit }: { edit: Edit }) {
  const { content, onChange } = edit;
  const { blocks } = content;
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState("");

  const setBlocks = (next: Block[]) => onChange({ ...content, blocks: next });
  const move = (id: string, to: number) => {
    const from = blocks.findIndex((block) => block.id === id);
    if (from < 0 || to < 0 || to >= blocks.length || from === to) return;
    const next = blocks.filter((block) => block.id !== id);
    next.splice(to, 0, blocks[from]!);
    setBlocks(next);
    setTold(`${BLOCKS[blocks[from]!.type].label} is now block ${to + 1} of ${blocks.length}.`);
  };

  return (
    <BlockStack gap="400">
      <div role="status" style={VISUALLY_HIDDEN}>
        {told}
      </div>
      {blocks.map((block, index) => (
        <BlockCard
          key={block.id}
          block={block}
          edit={edit}
          isFirst={index === 0}
          isLast={index === blocks.length - 1}
          isDragged={dragged === block.id}
          onChange={(changed) => setBlocks(blocks.map((one) => (one.id === changed.id ? changed : one)))}
          onRemove={() => setBlocks(blocks.filter((one) => one.id !== block.id))}
          onMove={(by) => move(block.id, index + by)}
          onDragStart={() => setDragged(block.id)}
          onDragEnd={() => setDragged(null)}
          onDraggedOver={() => dragged && move(dragged, index)}
        />
      ))}
      {blocks.length < MOST_BLOCKS && (
        <AddBlock onAdd={(type) => setBlocks([...blocks, newBlock(type, blocks)])} />
      )}
    </BlockStack>
  );
}

function newBlock(type: BlockType, blocks: Block[]): Block {
  let number = blocks.length + 1;
  while (blocks.some((block) => block.id === `${type}-${number}`)) number++;
  return { id: `${type}-${number}`, type, fields: {} };
}

function AddBlock({ onAdd }: { onAdd: (type: BlockType) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="200" inlineAlign="start">
        <Text as="p" tone="subdued">
          A new block goes to the end. Move it from there.
        </Text>
        <Popover
          active={open}
          onClose={() => setOpen(false)}
          activator={
            <Button onClick={() => setOpen(!open)} disclosure>
              Add a block
            </Button>
          }
        >
          <ActionList
            actionRole="menuitem"
            items={BLOCK_TYPES.map((type) => ({
              content: BLOCKS[type].label,
              helpText: BLOCKS[type].shows,
              onAction: () => {
                onAdd(type);
                setOpen(false);
              },
            }))}
          />
        </Popover>
      </BlockStack>
    </Card>
  );
}

const VISUALLY_HIDDEN = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
} as const;
