import { useEffect, useRef, useState } from "react";
import { textIn, type Question, type Speech } from "#app/surveys/question";
import { BlockStack, Box, Button, Card, InlineError, InlineStack, Text } from "#app/ui/polaris";
import { moved, newQuestion, replaced, without } from "./question-drafts";
import { QuestionEditor } from "./question-editor";

type QuestionListProps = {
  questions: Question[];
  speech: Speech;
  problems: Record<string, string>;
  onChange: (questions: Question[]) => void;
};

type Removed = { question: Question; index: number };

/** The questions in their order: add, move, remove, and take a removal back. What happened is also said aloud. */
export function QuestionList({ questions, speech, problems, onChange }: QuestionListProps) {
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [said, setSaid] = useState("");

  const move = (from: number, to: number) => {
    onChange(moved(questions, from, to));
    setSaid(`Question ${from + 1} is now question ${to + 1} of ${questions.length}.`);
  };
  const remove = (index: number) => {
    setRemoved({ question: questions[index]!, index });
    onChange(without(questions, index));
    setSaid(`Question ${index + 1} removed.`);
  };
  const bringBack = ({ question, index }: Removed) => {
    onChange([...questions.slice(0, index), question, ...questions.slice(index)]);
    setRemoved(null);
    setSaid(`Question ${index + 1} is back.`);
  };

  return (
    <BlockStack gap="400">
      <div
        aria-live="polite"
        style={{ position: "absolute", clip: "rect(0 0 0 0)", overflow: "hidden", width: 1, height: 1 }}
      >
        {said}
      </div>
      {removed && (
        <UndoRemoval
          removed={removed}
          speech={speech}
          onUndo={() => bringBack(removed)}
          onClose={() => setRemoved(null)}
        />
      )}
      {questions.map((question, index) => (
        <QuestionEditor
          key={question.id}
          question={question}
          index={index}
          count={questions.length}
          speech={speech}
          problems={problemsOf(problems, `questions.${index}.`)}
          onChange={(changed) => onChange(replaced(questions, index, changed))}
          onMove={(to) => move(index, to)}
          onRemove={() => remove(index)}
        />
      ))}
      {problems.questions && <InlineError fieldID="add-question" message={problems.questions} />}
      <Box paddingInline={{ xs: "400", md: "0" }}>
        <Button
          id="add-question"
          onClick={() => {
            onChange([...questions, newQuestion(questions)]);
            setSaid(`Question ${questions.length + 1} added.`);
          }}
          disabled={questions.length >= 10}
        >
          Add question
        </Button>
      </Box>
    </BlockStack>
  );
}

/** Problems below a path, keyed by what follows it. */
function problemsOf(problems: Record<string, string>, path: string): Record<string, string> {
  const below = Object.entries(problems).filter(([key]) => key.startsWith(path));
  return Object.fromEntries(below.map(([key, text]) => [key.slice(path.length), text]));
}

type UndoRemovalProps = { removed: Removed; speech: Speech; onUndo: () => void; onClose: () => void };

/** Takes the focus, because the button that was pressed is gone. */
function UndoRemoval({ removed, speech, onUndo, onClose }: UndoRemovalProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("button")?.focus(), [removed]);
  const text = textIn(removed.question.text, speech.locale, speech.main) || "without a text";
  return (
    <div ref={box}>
      <Card>
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="p">{`Removed question ${removed.index + 1}: ${text}`}</Text>
          <InlineStack gap="200">
            <Button onClick={onUndo}>Undo</Button>
            <Button variant="tertiary" onClick={onClose} accessibilityLabel="Close this note">
              Close
            </Button>
          </InlineStack>
        </InlineStack>
      </Card>
    </div>
  );
}
