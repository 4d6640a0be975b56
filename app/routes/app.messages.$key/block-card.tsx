import { memo } from "react";
import { BLOCKS } from "#app/messages/block-types";
import type { Block } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, DragHandleIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, ButtonGroup, Card, Icon, InlineStack, Text } from "#app/ui/polaris";
import { BlockFields } from "./block-fields";
import { BlockSettings, type Choices } from "./block-settings";
import { ColumnEditor } from "./column-editor";
import { ShowRuleFields } from "./show-rule-fields";

/** The same object from one drawing to the next, so that only what changed is drawn anew. */
export type BlockActions = {
  change: (id: string, make: (block: Block) => Block, at?: string) => void;
  remove: (id: string) => void;
  move: (id: string, by: -1 | 1) => void;
  /** All blocks as they are now. */
  all: () => Block[];
  drag: (id: string | null) => void;
  dragOver: (id: string) => void;
};

type BlockCardProps = {
  block: Block;
  language: Locale;
  choices: Choices;
  actions: BlockActions;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
};

/** One block with its texts in the language being edited. */
export const BlockCard = memo(function BlockCard(props: BlockCardProps) {
  const { block, language, choices, actions, isFirst, isLast, isDragged } = props;
  const { label } = BLOCKS[block.type];
  const change = (make: (block: Block) => Block, at?: string) => actions.change(block.id, make, at);
  return (
    <div
      style={{ opacity: isDragged ? 0.5 : 1 }}
      onDragOver={(event) => event.preventDefault()}
      onDragEnter={() => actions.dragOver(block.id)}
    >
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <InlineStack gap="200" blockAlign="center" wrap={false}>
              <DragHandle id={block.id} drag={actions.drag} />
              <BlockTitle block={block} />
            </InlineStack>
            <ButtonGroup noWrap>
              <Button
                icon={ArrowUpIcon}
                accessibilityLabel={`Move ${label} up`}
                onClick={() => actions.move(block.id, -1)}
                disabled={isFirst}
              />
              <Button
                icon={ArrowDownIcon}
                accessibilityLabel={`Move ${label} down`}
                onClick={() => actions.move(block.id, 1)}
                disabled={isLast}
              />
              <Button
                icon={DeleteIcon}
                accessibilityLabel={`Remove ${label}`}
                onClick={() => actions.remove(block.id)}
                disabled={isFirst && isLast}
              />
            </ButtonGroup>
          </InlineStack>
          <BlockFields block={block} language={language} languages={choices.languages} onChange={change} />
          <BlockSettings block={block} choices={choices} onChange={change} />
          {block.type === "columns" && (
            <ColumnEditor
              block={block}
              others={actions.all}
              language={language}
              choices={choices}
              onChange={change}
            />
          )}
          <ShowRuleFields block={block} label={label} choices={choices} onChange={change} />
        </BlockStack>
      </Card>
    </div>
  );
});

/** For the mouse; the arrow buttons do the same from the keyboard. */
function DragHandle({ id, drag }: { id: string; drag: BlockActions["drag"] }) {
  return (
    <div
      draggable
      aria-hidden="true"
      title="Drag to move"
      style={{ cursor: "grab" }}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", id);
        drag(id);
      }}
      onDragEnd={() => drag(null)}
    >
      <Icon source={DragHandleIcon} tone="subdued" />
    </div>
  );
}

function BlockTitle({ block }: { block: Block }) {
  const { label, shows } = BLOCKS[block.type];
  return (
    <Box>
      <Text as="h3" variant="headingSm">
        {label}
      </Text>
      {shows !== "Always" && (
        <Text as="p" variant="bodySm" tone="subdued">
          {`Shows: ${shows.charAt(0).toLowerCase()}${shows.slice(1)}`}
        </Text>
      )}
    </Box>
  );
}
