import { CASE_LABELS, type CaseType } from "#app/cases/case";
import type { ActStep, SendStep, Step } from "#app/journeys/definition";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, FormLayout, InlineStack, Link, Select, Text, TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";
import { ChannelChoice } from "./channel-choice";
import { useEditor, type Problems } from "./vocabulary";
import { WaitFields } from "./wait-fields";

type StepFieldsProps<One extends Step> = {
  step: One;
  problems: Problems;
  onChange: (change: Partial<One>) => void;
};

/** What a step can be told; a branch has its fields at its paths. */
export function StepFields({ step, problems, onChange }: StepFieldsProps<Exclude<Step, { type: "branch" }>>) {
  const change = onChange as (change: Partial<Step>) => void;
  if (step.type === "wait") return <WaitFields wait={step} problems={problems} onChange={change} />;
  return <ActFields step={step} problems={problems} onChange={change} />;
}

function ActFields({
  step,
  problems,
  onChange,
}: {
  step: ActStep;
  problems: Problems;
  onChange: (change: Partial<Step>) => void;
}) {
  const { names } = useEditor();
  switch (step.type) {
    case "send":
      return <SendFields step={step} problems={problems} onChange={onChange} />;
    case "survey":
      return (
        <Select
          label="Survey"
          options={withPrompt("Choose a survey", names.surveys)}
          value={step.surveyId}
          error={problems.surveyId}
          helpText="Asked by email, with a link per answer. Who was asked lately is left alone."
          onChange={(surveyId) => onChange({ surveyId })}
        />
      );
    case "review-ask":
      return (
        <FormLayout>
          <ChannelChoice value={step.channels} error={problems.channels} onChange={onChange} />
          <Text as="p" tone="subdued">
            Links to your review page (<Link url="/app/settings/brand">Brand</Link>), else to the product.
            While something is wrong it waits and looks again each day; nobody is left out.
          </Text>
        </FormLayout>
      );
    case "open-case":
      return (
        <FormLayout>
          <Select
            label="What it is about"
            options={Object.entries(CASE_LABELS).map(([value, label]) => ({ value, label }))}
            value={step.caseType}
            error={problems.caseType}
            onChange={(caseType) => onChange({ caseType: caseType as CaseType })}
          />
          <Line
            label="Why, for your staff"
            value={step.note}
            error={problems.note}
            helpText="Appears under Cases. Until it is solved, the shopper gets no offers and no marketing."
            maxLength={500}
            onChange={(note) => onChange({ note })}
          />
        </FormLayout>
      );
    case "points":
      return (
        <FormLayout>
          <NumberField
            label="Points"
            value={step.points}
            error={problems.points}
            onChange={(points) => onChange({ points })}
          />
          <Line
            label="What for"
            value={step.reason}
            error={problems.reason}
            helpText="Stands in the member's list of points."
            maxLength={120}
            onChange={(reason) => onChange({ reason })}
          />
        </FormLayout>
      );
    case "code":
      return (
        <FormLayout>
          <FormLayout.Group>
            <NumberField
              label="Discount"
              suffix="%"
              value={step.percent}
              error={problems.percent}
              onChange={(percent) => onChange({ percent })}
            />
            <NumberField
              label="Can be used for"
              suffix="days"
              value={step.validDays}
              error={problems.validDays}
              onChange={(validDays) => onChange({ validDays })}
            />
          </FormLayout.Group>
          <Text as="p" tone="subdued">
            A code for one person, to be used once. Messages after this step can show it.
          </Text>
        </FormLayout>
      );
    case "tag":
      return (
        <Line
          label="Tag"
          value={step.tag}
          error={problems.tag}
          maxLength={40}
          onChange={(tag) => onChange({ tag })}
        />
      );
    case "metafield":
      return (
        <FormLayout>
          <FormLayout.Group>
            <Line
              label="Namespace"
              value={step.namespace}
              error={problems.namespace}
              maxLength={255}
              onChange={(namespace) => onChange({ namespace })}
            />
            <Line
              label="Key"
              value={step.key}
              error={problems.key}
              maxLength={64}
              onChange={(key) => onChange({ key })}
            />
          </FormLayout.Group>
          <Line
            label="Value"
            value={step.value}
            error={problems.value}
            maxLength={500}
            onChange={(value) => onChange({ value })}
          />
        </FormLayout>
      );
    case "webhook":
      return (
        <Line
          label="Address"
          type="url"
          value={step.url}
          error={problems.url}
          helpText="Gets a signed POST with the person, the order and the journey."
          maxLength={500}
          onChange={(url) => onChange({ url })}
        />
      );
    case "phone-task":
      return (
        <Line
          label="What staff should do"
          value={step.note}
          error={problems.note}
          helpText="Appears as a task on the Messages page."
          maxLength={500}
          onChange={(note) => onChange({ note })}
        />
      );
  }
}

function SendFields({ step, problems, onChange }: StepFieldsProps<SendStep>) {
  const { names } = useEditor();
  return (
    <BlockStack gap="300">
      <Select
        label="Template"
        options={withPrompt("Choose a template", names.templates)}
        value={step.template}
        error={problems.template}
        onChange={(template) => onChange({ template })}
      />
      <InlineStack gap="300">
        {step.template && (
          <Link url={`/app/messages/${step.template}`} target="_blank">
            {`Edit “${names.templates[step.template] ?? step.template}” in a new window`}
          </Link>
        )}
        <Link url="/app/messages" target="_blank">
          Make a new template
        </Link>
      </InlineStack>
      <ChannelChoice value={step.channels} error={problems.channels} onChange={onChange} />
    </BlockStack>
  );
}

function withPrompt(prompt: string, names: Record<string, string>) {
  return [{ value: "", label: prompt }, ...Object.entries(names).map(([value, label]) => ({ value, label }))];
}

type LineProps = {
  label: string;
  type?: "url";
  value: string;
  error?: string;
  helpText?: string;
  maxLength: number;
  onChange: (value: string) => void;
};

function Line({ value, onChange, ...field }: LineProps) {
  const typed = useTypedFirst(value, onChange);
  return <TextField {...field} {...typed} autoComplete="off" />;
}
