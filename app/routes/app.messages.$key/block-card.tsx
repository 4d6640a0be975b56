import { BLOCKS, fieldsOf, type Block } from "#app/messages/blocks";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, DragHandleIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, ButtonGroup, Card, Icon, InlineStack, Text } from "#app/ui/polaris";
import { problemAt, type Edit } from "./problems";
import { TemplateField } from "./template-field";

type BlockCardProps = {
  block: Block;
  edit: Edit;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
  onChange: (block: Block) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
  onDragStart: () => void;
  onDragEnd: () => void;
  onDraggedOver: () => void;
};

/** One block with its texts in the language being edited. */
export function BlockCard(props: BlockCardProps) {
  const { block, edit, isFirst, isLast, isDragged } = props;
  const { label, shows } = BLOCKS[block.type];
  return (
    <div
      style={{ opacity: isDragged ? 0.5 : 1 }}
      onDragOver={(event) => event.preventDefault()}
      onDragEnter={props.onDraggedOver}
    >
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <InlineStack gap="200" blockAlign="center" wrap={false}>
              {/* For the mouse; the arrow buttons do the same from the keyboard. */}
              <div
                draggable
                aria-hidden="true"
                title="Drag to move"
                style={{ cursor: "grab" }}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = "move";
                  event.dataTransfer.setData("text/plain", block.id);
                  props.onDragStart();
                }}
                onDragEnd={props.onDragEnd}
              >
                <Icon source={DragHandleIcon} tone="subdued" />
              </div>
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
            </InlineStack>
            <ButtonGroup noWrap>
              <Button
                icon={ArrowUpIcon}
                accessibilityLabel={`Move ${label} up`}
                onClick={() => props.onMove(-1)}
                disabled={isFirst}
              />
              <Button
                icon={ArrowDownIcon}
                accessibilityLabel={`Move ${label} down`}
                onClick={() => props.onMove(1)}
                disabled={isLast}
              />
              <Button
                icon={DeleteIcon}
                accessibilityLabel={`Remove ${label}`}
                onClick={props.onRemove}
                disabled={isFirst && isLast}
              />
            </ButtonGroup>
          </InlineStack>
          <BlockFields block={block} edit={edit} onChange={props.onChange} />
        </BlockStack>
      </Card>
    </div>
  );
}

function BlockFields({ block, edit, onChange }: Pick<BlockCardProps, "block" | "edit" | "onChange">) {
  const { language } = edit;
  return fieldsOf(block.type).map(({ name, label, kind, required }) => {
    const texts = block.fields[name] ?? {};
    return (
      <TemplateField
        key={name}
        id={`field-${block.id}-${name}`}
        label={required ? label : `${label} (optional)`}
        kind={kind === "url" ? "url" : "text"}
        lines={kind === "paragraphs" ? 4 : undefined}
        value={texts[language] ?? ""}
        placeholder={texts.en}
        error={problemAt(edit, `blocks.${block.id}.${name}`, texts)}
        helpText={
          kind === "url" && language !== "en" && !texts[language]
            ? "Empty: the English one is used."
            : undefined
        }
        onChange={(value) =>
          onChange({ ...block, fields: { ...block.fields, [name]: { ...texts, [language]: value } } })
        }
      />
    );
  });
}
