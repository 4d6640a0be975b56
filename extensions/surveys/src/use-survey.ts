import { useRef, useState } from "preact/hooks";
import type {
  AnswerValue,
  Moment,
  SubmitSurveyRequest,
  SubmitSurveyResponse,
  SurveyPlacement,
} from "../../shared/contract";
import { actorOf } from "../../shared/moment";
import type { Page } from "../../shared/page";

export type SurveyInput = { page: Page; survey: SurveyPlacement; decisionId: string; moment: Moment };

type Progress = {
  state: "asking" | "sending" | "unreachable" | "done" | "closed";
  index: number;
  /** Message per question id. */
  problems?: Record<string, string>;
};

type Answers = Record<string, AnswerValue>;

/** Walks through the questions one by one. Each answer is saved when the shopper goes on, so none is lost. */
export function useSurvey({ page, survey, decisionId, moment }: SurveyInput) {
  const { questions } = survey;
  const [answers, setAnswers] = useState<Answers>({});
  const [progress, setProgress] = useState<Progress>({ state: "asking", index: 0 });
  // State only changes with the next rendering: too late for a double click.
  const isSending = useRef(false);
  const { index } = progress;
  const question = questions[index]!;
  const isLast = index === questions.length - 1;

  function change(value: AnswerValue | undefined): void {
    const { [question.id]: _, ...others } = answers;
    setAnswers(isEmpty(value) ? others : { ...others, [question.id]: value! });
    // A change while the last answer is on its way is sent with the next one.
    if (!isSending.current) setProgress({ state: "asking", index });
  }

  function goBack(): void {
    setProgress({ state: "asking", index: index - 1 });
  }

  async function goOn(): Promise<void> {
    if (isSending.current) return;
    if (question.required && answers[question.id] === undefined) {
      const problems = { [question.id]: page.text("problem.required") };
      return setProgress({ state: "asking", index, problems });
    }
    isSending.current = true;
    setProgress({ state: "sending", index });
    const response = await send(answers, isLast);
    setProgress(progressAfter(response));
    isSending.current = false;
  }

  async function send(answers: Answers, complete: boolean): Promise<SubmitSurveyResponse | null> {
    if (page.inEditor) return { status: complete ? "recorded" : "saved" };
    const request: SubmitSurveyRequest = {
      surveyId: survey.surveyId,
      decisionId,
      moment: actorOf(moment),
      answers,
      complete,
    };
    return page.call<SubmitSurveyResponse>("/api/surveys/answer", request);
  }

  function progressAfter(response: SubmitSurveyResponse | null): Progress {
    switch (response?.status) {
      case "saved":
        return { state: isLast ? "done" : "asking", index: isLast ? index : index + 1 };
      case "recorded":
      case "already-answered":
        return { state: "done", index };
      case "closed":
        return { state: "closed", index };
      case "invalid":
        return progressWith(response.problems);
      default:
        return { state: "unreachable", index };
    }
  }

  /** Back to the first question that the app did not take. */
  function progressWith(problems: { questionId: string; message: string }[]): Progress {
    const first = questions.findIndex(({ id }) => problems.some(({ questionId }) => questionId === id));
    const messages = Object.fromEntries(problems.map(({ questionId, message }) => [questionId, message]));
    return first < 0
      ? { state: "unreachable", index }
      : { state: "asking", index: first, problems: messages };
  }

  return {
    question,
    isLast,
    answer: answers[question.id],
    problem: progress.problems?.[question.id],
    state: progress.state,
    index,
    change,
    goBack,
    goOn,
  };
}

function isEmpty(value: AnswerValue | undefined): boolean {
  return value === undefined || (typeof value !== "number" && value.length === 0);
}
