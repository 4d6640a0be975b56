import { useMemo, useRef, useState } from "react";
import { BLOCKS } from "#app/messages/block-types";
import { MOST_BLOCKS, newBlock, type Block, type BlockType } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import { BlockStack, Card, Text } from "#app/ui/polaris";
import { AddBlock } from "./add-block";
import type { Choices } from "./block-settings";
import { BlockCard, type BlockActions } from "./block-card";
import type { Change } from "./use-editor";

type BlockEditorProps = { blocks: Block[]; language: Locale; choices: Choices; change: Change };

/** The mail's blocks: edit, add, remove, and put in order by dragging or with the arrow buttons. */
export function BlockEditor({ blocks, language, choices, change }: BlockEditorProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [told, setTold] = useState("");
  const latest = useRef({ blocks, dragged });
  latest.current = { blocks, dragged };

  const actions = useMemo<BlockActions>(() => {
    const setBlocks = (make: (blocks: Block[]) => Block[], at?: string) =>
      change((content) => ({ ...content, blocks: make(content.blocks) }), at);
    const move = (id: string, target: (from: number) => number) => {
      const { blocks } = latest.current;
      const from = blocks.findIndex((block) => block.id === id);
      const to = target(from);
      if (from < 0 || to < 0 || to >= blocks.length || from === to) return;
      setBlocks((now) => moved(now, from, to));
      setTold(`${BLOCKS[blocks[from]!.type].label} is now block ${to + 1} of ${blocks.length}.`);
    };
    return {
      change: (id, make, at) =>
        setBlocks((now) => now.map((one) => (one.id === id ? make(one) : one)), at && `${id}.${at}`),
      remove: (id) => {
        setBlocks((now) => now.filter((one) => one.id !== id));
        setTold("Removed. Undo brings it back.");
      },
      move: (id, by) => move(id, (from) => from + by),
      all: () => latest.current.blocks,
      drag: setDragged,
      dragOver: (id) => {
        const { dragged, blocks } = latest.current;
        if (dragged) move(dragged, () => blocks.findIndex((block) => block.id === id));
      },
    };
  }, [change]);

  const add = (type: BlockType) =>
    change((content) => ({ ...content, blocks: [...content.blocks, newBlock(type, content.blocks)] }));

  return (
    <BlockStack gap="400">
      <div role="status" style={VISUALLY_HIDDEN}>
        {told}
      </div>
      {blocks.map((block, index) => (
        <BlockCard
          key={block.id}
          block={block}
          language={language}
          choices={choices}
          actions={actions}
          isFirst={index === 0}
          isLast={index === blocks.length - 1}
          isDragged={dragged === block.id}
        />
      ))}
      {blocks.length < MOST_BLOCKS && (
        <Card>
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p" tone="subdued">
              A new block goes to the end. Move it from there.
            </Text>
            <AddBlock label="Add a block" onAdd={add} />
          </BlockStack>
        </Card>
      )}
    </BlockStack>
  );
}

function moved(blocks: Block[], from: number, to: number): Block[] {
  const next = [...blocks];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

const VISUALLY_HIDDEN = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
} as const;
