import { fieldsOf, type Block } from "#app/messages/blocks";
import { LANGUAGE_NAMES, mainLocale, type Locale } from "#app/shops/settings";
import { problemAt, problemsOfBlock } from "./problems";
import { TemplateField } from "./template-field";

type BlockFieldsProps = {
  block: Block;
  language: Locale;
  /** The shop's, the main one first. */
  languages: Locale[];
  onChange: (make: (block: Block) => Block, at: string) => void;
};

/** A block's texts in the language being edited. */
export function BlockFields({ block, language, languages, onChange }: BlockFieldsProps) {
  const main = mainLocale(languages);
  const problems = problemsOfBlock(block, languages);
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
        placeholder={texts[main]}
        error={problemAt(problems, name, texts, language, languages)}
        helpText={
          kind === "url" && language !== main && !texts[language]
            ? `Empty: the ${LANGUAGE_NAMES[main]} one is used.`
            : undefined
        }
        onChange={write}
      />
    );
  });
}
