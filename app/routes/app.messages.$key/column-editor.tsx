import { BLOCKS } from "#app/messages/block-types";
import { COLUMN_TYPES, MOST_IN_COLUMN, newBlock, type Block, type BlockType } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, ButtonGroup, InlineStack, Text } from "#app/ui/polaris";
import { AddBlock } from "./add-block";
import { BlockFields } from "./block-fields";
import { BlockSettings, type Choices } from "./block-settings";

const NAMES = ["Left", "Right"];

type ColumnEditorProps = {
  block: Block;
  /** All blocks of the mail, for ids that none has. */
  others: () => Block[];
  language: Locale;
  choices: Choices;
  onChange: (make: (block: Block) => Block, at?: string) => void;
};

/** What stands in each of two columns: simple blocks, one below the other. */
export function ColumnEditor({ block, others, language, choices, onChange }: ColumnEditorProps) {
  const change = (column: number, make: (blocks: Block[]) => Block[], at?: string) =>
    onChange(
      (now) => ({
        ...now,
        columns: (now.columns ?? [[], []]).map((one, index) => (index === column ? make(one) : one)),
      }),
      at,
    );
  return (block.columns ?? [[], []]).map((blocks, column) => (
    <Box key={NAMES[column]} padding="300" background="bg-surface-secondary" borderRadius="200">
      <BlockStack gap="300">
        <Text as="h4" variant="headingSm">
          {`${NAMES[column]} column`}
        </Text>
        {blocks.map((inner, index) => (
          <InnerBlock
            key={inner.id}
            block={inner}
            where={`${NAMES[column]!.toLowerCase()} column`}
            language={language}
            choices={choices}
            isFirst={index === 0}
            isLast={index === blocks.length - 1}
            onChange={(make, at) =>
              change(column, (now) => now.map((one) => (one.id === inner.id ? make(one) : one)), at)
            }
            onRemove={() => change(column, (now) => now.filter((one) => one.id !== inner.id))}
            onMove={(by) => change(column, (now) => moved(now, index, index + by))}
          />
        ))}
        {blocks.length < MOST_IN_COLUMN && (
          <div>
            <AddBlock
              label={`Add to the ${NAMES[column]!.toLowerCase()} column`}
              types={COLUMN_TYPES}
              onAdd={(type: BlockType) => change(column, (now) => [...now, newBlock(type, others())])}
            />
          </div>
        )}
      </BlockStack>
    </Box>
  ));
}

type InnerBlockProps = {
  block: Block;
  where: string;
  language: Locale;
  choices: Choices;
  isFirst: boolean;
  isLast: boolean;
  onChange: (make: (block: Block) => Block, at?: string) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
};

function InnerBlock(props: InnerBlockProps) {
  const { block, where, language, choices, isFirst, isLast, onChange, onRemove, onMove } = props;
  const { label } = BLOCKS[block.type];
  const what = `${label} in the ${where}`;
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="p" fontWeight="semibold">
          {label}
        </Text>
        <ButtonGroup noWrap>
          <Button
            icon={ArrowUpIcon}
            accessibilityLabel={`Move ${what} up`}
            onClick={() => onMove(-1)}
            disabled={isFirst}
          />
          <Button
            icon={ArrowDownIcon}
            accessibilityLabel={`Move ${what} down`}
            onClick={() => onMove(1)}
            disabled={isLast}
          />
          <Button icon={DeleteIcon} accessibilityLabel={`Remove ${what}`} onClick={onRemove} />
        </ButtonGroup>
      </InlineStack>
      <BlockFields block={block} language={language} languages={choices.languages} onChange={onChange} />
      <BlockSettings block={block} choices={choices} onChange={onChange} />
    </BlockStack>
  );
}

function moved(blocks: Block[], from: number, to: number): Block[] {
  const next = [...blocks];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
