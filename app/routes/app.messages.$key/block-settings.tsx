import { settingOf, settingsOf, type Block } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";
import { Select } from "#app/ui/polaris";
import { problemsOfBlock } from "./problems";

/** What the editor offers to choose from. The same object for as long as the page stands. */
export type Choices = {
  /** The shop's, the main one first. */
  languages: Locale[];
  surveys: { id: string; name: string }[];
  countries: { value: string; label: string }[];
  currency: string;
};

type BlockSettingsProps = {
  block: Block;
  choices: Choices;
  onChange: (make: (block: Block) => Block) => void;
};

/** What is chosen per block, the same in all languages. */
export function BlockSettings({ block, choices, onChange }: BlockSettingsProps) {
  const problems = problemsOfBlock(block, choices.languages);
  return settingsOf(block.type).map((setting) => {
    const { name, label } = setting;
    const options =
      setting.kind === "choice"
        ? [...setting.options]
        : [
            { value: "", label: choices.surveys.length > 0 ? "Choose a survey" : "No survey is live" },
            ...choices.surveys.map(({ id, name }) => ({ value: id, label: name })),
          ];
    return (
      <Select
        key={name}
        label={label}
        options={options}
        value={settingOf(block, name)}
        error={problems[`settings.${name}`]}
        onChange={(value) => onChange((now) => ({ ...now, settings: { ...now.settings, [name]: value } }))}
      />
    );
  });
}
