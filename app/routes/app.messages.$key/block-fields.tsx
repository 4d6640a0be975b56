import { fieldsOf, type Block } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import { problemAt, problemsOfBlock } from "./problems";
import { TemplateField } from "./template-field";

type BlockFieldsProps = {
  block: Block;
  language: Locale;
  onChange: (make: (block: Block) => Block, at: string) => void;
};

/** A block's texts in the language being edited. */
export function BlockFields({ block, language, onChange }: BlockFieldsProps) {
  const problems = problemsOfBlock(block);
  return fieldsOf(block.type).map(({ name, label, kind, required }) => {
    const texts = block.fields[name] ?? {};
    const write = (value: string) =>
      onChange(
        (now) => ({
          ...now,
          fields: { ...now.fields, [name]: { ...now.fields[name], [language]: value } },
        }),
        `${name}.${language}`,
      );
    return (
      <TemplateField
        key={name}
        id={`field-${block.id}-${name}`}
        label={required ? label : `${label} (optional)`}
        kind={kind === "url" ? "url" : "text"}
        lines={kind === "paragraphs" ? 4 : undefined}
        language={language}
        value={texts[language] ?? ""}
        placeholder={texts.en}
        error={problemAt(problems, name, texts, language)}
        helpText={
          kind === "url" && language !== "en" && !texts[language]
            ? "Empty: the English one is used."
            : undefined
        }
        onChange={write}
      />
    );
  });
}
