import { useState } from "react";
import { CARE_KINDS, careTextsIn, type Care, type CareKind, type CareTexts } from "#app/shops/care";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { BlockStack, Card, Checkbox, Divider, Select, Text, TextField } from "#app/ui/polaris";

type Props = {
  value: Care;
  locales: Locale[];
  problems: Record<string, string>;
  onChange: (care: Care) => void;
};

const NAMES: Record<CareKind, { label: string; help: string }> = {
  appreciation: { label: "Thanks", help: "For customers who have bought before." },
  reassurance: { label: "Reassurance", help: "For first orders: what happens next." },
  help: { label: "Help", help: "Questions that come after a purchase, with their answers." },
};

/** Which of the three may be said, and the words for them in each language. */
export function CareFields({ value, locales, problems, onChange }: Props) {
  const [locale, setLocale] = useState<Locale>(locales[0] ?? "en");
  const texts = careTextsIn(value, locale);
  const isOn = CARE_KINDS.some((kind) => value[kind]);
  const write = (change: Partial<CareTexts>) =>
    onChange({ ...value, texts: { ...value.texts, [locale]: { ...texts, ...change } } });
  const problem = (path: string) => problems[`care.texts.${locale}.${path}`];

  return (
    <Card>
      <BlockStack gap="400">
        {CARE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            label={NAMES[kind].label}
            helpText={NAMES[kind].help}
            checked={value[kind]}
            onChange={(checked) => onChange({ ...value, [kind]: checked })}
          />
        ))}
        {isOn && <Divider />}
        {isOn && locales.length > 1 && (
          <Select
            label="Words in"
            options={locales.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
            value={locale}
            onChange={(chosen) => setLocale(chosen as Locale)}
          />
        )}
        {value.appreciation && <Plain kind="appreciation" texts={texts} problem={problem} write={write} />}
        {value.reassurance && (
          <>
            <Plain kind="reassurance" texts={texts} problem={problem} write={write} />
            <TextField
              label="What happens next, one per line"
              multiline={3}
              autoComplete="off"
              value={texts.reassurance.points.join("\n")}
              error={
                problem("reassurance.points") ?? firstOf(problems, `care.texts.${locale}.reassurance.points.`)
              }
              onChange={(lines) => write({ reassurance: { ...texts.reassurance, points: linesOf(lines) } })}
            />
          </>
        )}
        {value.help && (
          <HelpWords texts={texts} problem={problem} write={write} problems={problems} locale={locale} />
        )}
        {value.help && (
          <TextField
            label="Where to ask a person"
            placeholder="https://"
            helpText="A page of yours; leave it empty to show no link."
            type="url"
            autoComplete="off"
            value={value.contactUrl}
            error={problems["care.contactUrl"]}
            onChange={(contactUrl) => onChange({ ...value, contactUrl })}
          />
        )}
      </BlockStack>
    </Card>
  );
}

type WordsProps = {
  texts: CareTexts;
  problem: (path: string) => string | undefined;
  write: (change: Partial<CareTexts>) => void;
};

/** Heading and text, as thanks and reassurance have them. */
function Plain({ kind, texts, problem, write }: WordsProps & { kind: "appreciation" | "reassurance" }) {
  const { label } = NAMES[kind];
  return (
    <BlockStack gap="200">
      <TextField
        label={`${label}: heading`}
        autoComplete="off"
        maxLength={60}
        value={texts[kind].heading}
        error={problem(`${kind}.heading`)}
        onChange={(heading) => write({ [kind]: { ...texts[kind], heading } })}
      />
      <TextField
        label={`${label}: text`}
        autoComplete="off"
        multiline={2}
        maxLength={240}
        value={texts[kind].text}
        error={problem(`${kind}.text`)}
        onChange={(text) => write({ [kind]: { ...texts[kind], text } })}
      />
    </BlockStack>
  );
}

function HelpWords({
  texts,
  problem,
  write,
  problems,
  locale,
}: WordsProps & Pick<Props, "problems"> & { locale: Locale }) {
  const { help } = texts;
  const rows = help.questions.length < 5 ? [...help.questions, { question: "", answer: "" }] : help.questions;
  const change = (index: number, part: Partial<(typeof rows)[number]>) => {
    const questions = rows.map((row, at) => (at === index ? { ...row, ...part } : row));
    write({ help: { ...help, questions: questions.filter(({ question, answer }) => question || answer) } });
  };
  return (
    <BlockStack gap="300">
      <TextField
        label="Help: heading"
        autoComplete="off"
        maxLength={60}
        value={help.heading}
        error={problem("help.heading")}
        onChange={(heading) => write({ help: { ...help, heading } })}
      />
      {rows.map((row, index) => (
        <BlockStack gap="100" key={index}>
          <TextField
            label={`Question ${index + 1}`}
            autoComplete="off"
            maxLength={80}
            value={row.question}
            error={firstOf(problems, `care.texts.${locale}.help.questions.${index}.`)}
            onChange={(question) => change(index, { question })}
          />
          <TextField
            label={`Answer ${index + 1}`}
            autoComplete="off"
            maxLength={240}
            value={row.answer}
            onChange={(answer) => change(index, { answer })}
          />
        </BlockStack>
      ))}
      <Text as="p" tone="subdued">
        An empty question is left out.
      </Text>
    </BlockStack>
  );
}

/** Line breaks are kept while they are typed; empty lines are left out when it is saved. */
function linesOf(text: string): string[] {
  return text.split("\n").slice(0, 5);
}

function firstOf(problems: Record<string, string>, prefix: string): string | undefined {
  return Object.entries(problems).find(([path]) => path.startsWith(prefix))?.[1];
}
