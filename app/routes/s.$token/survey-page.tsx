import type { AnswerProblem, Answers } from "#app/surveys/check-answers";
import type { Locale } from "#app/shops/settings";
import type { SurveyQuestion } from "../../../extensions/shared/contract";
import { TEXT_LIMIT } from "#app/surveys/check-answers";
import { PAGE_TEXTS, type PageTexts } from "./page-texts";
import { pageStyles } from "./page-styles";

export type PageShop = { name: string; logoUrl: string; colour: string };

export type PageState =
  | { kind: "thanks" | "answered" | "closed" | "unknown" }
  | { kind: "form"; questions: SurveyQuestion[]; answers: Answers; problems: AnswerProblem[] };

type PageProps = { shop: PageShop; locale: Locale; state: PageState };

/** A whole document; it works without JavaScript and has none. */
export function SurveyPage({ shop, locale, state }: PageProps) {
  const heading = headingOf(state, PAGE_TEXTS[locale]);
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{shop.name ? `${heading} – ${shop.name}` : heading}</title>
        <style dangerouslySetInnerHTML={{ __html: pageStyles(shop.colour) }} />
      </head>
      <body>
        <PageBody shop={shop} locale={locale} state={state} />
      </body>
    </html>
  );
}

/** What stands in the document; the survey builder previews it. */
export function PageBody({ shop, locale, state }: PageProps) {
  const texts = PAGE_TEXTS[locale];
  return (
    <main>
      {shop.name && (
        <p className="shop">{shop.logoUrl ? <img src={shop.logoUrl} alt={shop.name} /> : shop.name}</p>
      )}
      <div className="card">
        <h1>{headingOf(state, texts)}</h1>
        {state.kind === "form" ? (
          <Form {...state} texts={texts} shopName={shop.name} />
        ) : (
          <p>{texts[state.kind][1]}</p>
        )}
      </div>
    </main>
  );
}

function headingOf(state: PageState, texts: PageTexts): string {
  return state.kind === "form" ? texts.title : texts[state.kind][0];
}

type FormProps = {
  questions: SurveyQuestion[];
  answers: Answers;
  problems: AnswerProblem[];
  texts: PageTexts;
  shopName: string;
};

function Form({ questions, answers, problems, texts, shopName }: FormProps) {
  return (
    <form method="post" noValidate>
      {problems.length > 0 && <Problems problems={problems} questions={questions} texts={texts} />}
      {questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          answer={answers[question.id]}
          problem={problems.find((problem) => problem.questionId === question.id)?.message}
          texts={texts}
        />
      ))}
      <button type="submit">{texts.send}</button>
      <p className="soft end">{texts.privacy.replace("{shop}", shopName)}</p>
    </form>
  );
}

function Problems({ problems, questions, texts }: Pick<FormProps, "problems" | "questions" | "texts">) {
  const textOf = (id: string) => questions.find((question) => question.id === id)?.text;
  return (
    <div className="problems" role="alert">
      <h2>{texts.problems}</h2>
      <ul>
        {problems.map(({ questionId, message }) => (
          <li key={questionId}>
            <a href={`#${questionId}`}>
              {textOf(questionId)} {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

type QuestionProps = {
  question: SurveyQuestion;
  answer: Answers[string] | undefined;
  problem: string | undefined;
  texts: PageTexts;
};

function Question({ question, answer, problem, texts }: QuestionProps) {
  const { id, type, text, help, required } = question;
  const notes = [help && `${id}-help`, question.lowLabel && `${id}-ends`, problem && `${id}-problem`];
  const describedBy = notes.filter(Boolean).join(" ") || undefined;
  const title = (
    <>
      {text} {!required && <span className="soft">({texts.optional})</span>}
    </>
  );
  const around = {
    before: help && (
      <p className="soft help" id={`${id}-help`}>
        {help}
      </p>
    ),
    after: problem && (
      <p className="problem" id={`${id}-problem`}>
        {problem}
      </p>
    ),
  };
  if (type === "text") {
    return (
      <fieldset>
        <label className="label" htmlFor={id}>
          {title}
        </label>
        {around.before}
        <textarea
          id={id}
          name={id}
          maxLength={TEXT_LIMIT}
          defaultValue={String(answer ?? "")}
          aria-describedby={describedBy}
          aria-invalid={problem ? true : undefined}
        />
        {around.after}
      </fieldset>
    );
  }
  return (
    <fieldset aria-describedby={describedBy}>
      <legend>{title}</legend>
      {around.before}
      <Choices question={question} answer={answer} />
      {around.after}
    </fieldset>
  );
}

/** Radio buttons or checkboxes; the first carries the question's id, so that a problem can lead to it. */
function Choices({ question, answer }: Pick<QuestionProps, "question" | "answer">) {
  const { id, type, lowLabel, highLabel } = question;
  const isScale = question.max !== undefined;
  const first = type === "nps" ? 0 : 1;
  const choices = isScale
    ? Array.from({ length: question.max! - first + 1 }, (_, index) => String(first + index))
    : [];
  const options = question.options ?? choices.map((value) => ({ id: value, text: value }));
  const chosen = new Set([answer].flat().map(String));
  return (
    <>
      <div className={isScale ? "scale" : "choices"}>
        {options.map((option, index) => (
          <label className="answer" key={option.id}>
            <input
              type={type === "multi" ? "checkbox" : "radio"}
              id={index === 0 ? id : undefined}
              name={id}
              value={option.id}
              defaultChecked={chosen.has(option.id)}
            />
            <span>{option.text}</span>
          </label>
        ))}
      </div>
      {(lowLabel || highLabel) && (
        <p className="soft ends" id={`${id}-ends`}>
          <span>{lowLabel}</span>
          <span>{highLabel}</span>
        </p>
      )}
    </>
  );
}
