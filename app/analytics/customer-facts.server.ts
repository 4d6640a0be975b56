import type { ShopId, Tx } from "#app/db/tx";

/** Facts known of customers, in words: "How did you hear about us? Friends (12)". */
type Fact = { attribute: string; value: string; customers: number };
/** `asked` and `answered` are the question and the answer where it came from a survey, else the bare names. */
export type CustomerFact = {
  attribute: string;
  value: string;
  asked: string;
  answered: string;
  label: string;
};
type Texts = Partial<Record<string, string>>;
type StoredQuestion = { id: string; text: Texts; options?: { id: string; text: Texts }[] };

/** "answers.<survey's key>.<question's id>" holds the id of the answer that was chosen (surveys/facts). */
const ANSWER = /^answers\.(.+)\.([^.]+)$/;

export async function customerFacts(
  tx: Tx,
  shopId: ShopId,
  facts: Fact[],
  locale: string,
): Promise<CustomerFact[]> {
  const surveys = facts.length > 0 ? await tx.survey.findMany({ where: { shopId } }) : [];
  const questions = new Map(
    surveys.map(({ key, questions }) => [key, questions as unknown as StoredQuestion[]]),
  );
  const count = new Intl.NumberFormat(locale);
  return facts.map(({ attribute, value, customers }) => {
    const [, survey = "", id = ""] = ANSWER.exec(attribute) ?? [];
    const question = questions.get(survey)?.find((one) => one.id === id);
    const option = question?.options?.find((one) => one.id === value);
    const asked = (question && textIn(question.text, locale)) || attribute;
    const answered = (option && textIn(option.text, locale)) || value;
    return { attribute, value, asked, answered, label: `${asked} ${answered} (${count.format(customers)})` };
  });
}

function textIn(texts: Texts, locale: string): string {
  return texts[locale.slice(0, 2)] || texts.en || Object.values(texts).find(Boolean) || "";
}
