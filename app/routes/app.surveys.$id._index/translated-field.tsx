import type { Question, Speech } from "#app/surveys/question";
import { TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";

type TranslatedFieldProps = {
  label: string;
  labelHidden?: boolean;
  texts: Question["text"];
  speech: Speech;
  maxLength: number;
  error?: string;
  onChange: (texts: Question["text"]) => void;
};

/** One text in the chosen language; where it is missing, what shoppers see instead stands there in grey. */
export function TranslatedField({ texts, speech, onChange, ...field }: TranslatedFieldProps) {
  const { locale, main } = speech;
  const typed = useTypedFirst(texts[locale] ?? "", (text) => onChange({ ...texts, [locale]: text }));
  return <TextField {...field} {...typed} placeholder={texts[main]} autoComplete="off" />;
}
