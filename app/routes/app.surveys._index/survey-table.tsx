import type { Survey } from "#app/surveys/survey";
import { FigureTable } from "#app/ui/figure-table";
import { Button, InlineStack, Link } from "#app/ui/polaris";
import { SurveyStatus } from "#app/ui/survey-status";

export type SurveyRow = {
  id: string;
  name: string;
  status: Survey["status"];
  responses: number;
  responseRate: number | null;
  nps: number | null;
};
type SurveyTableProps = {
  rows: SurveyRow[];
  locale: string;
  /** Of an archived survey; without it the rows are of live ones. */
  onRestore?: (id: string) => void;
};

/** Surveys with their figures. */
export function SurveyTable({ rows, locale, onRestore }: SurveyTableProps) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <FigureTable
      thing={{ singular: "survey", plural: "surveys" }}
      figures={["Answers", "Response rate", "NPS"]}
      actions="Results"
      rows={rows.map(({ id, name, status, responses, responseRate, nps }) => ({
        ...{ id, name, url: `/app/surveys/${id}`, status: <SurveyStatus status={status} /> },
        figures: [
          String(responses),
          responseRate === null ? "–" : percent.format(responseRate),
          nps === null ? "–" : signed.format(nps),
        ],
        actions: (
          <InlineStack gap="400" blockAlign="center">
            <Link url={`/app/surveys/${id}/results`} accessibilityLabel={`Results of ${name}`}>
              Results
            </Link>
            {onRestore && (
              <Button size="slim" accessibilityLabel={`Bring back ${name}`} onClick={() => onRestore(id)}>
                Bring back
              </Button>
            )}
          </InlineStack>
        ),
      }))}
    />
  );
}
