import type { Survey } from "#app/surveys/survey";
import {
  BlockStack,
  Box,
  Button,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from "#app/ui/polaris";
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
  const { smDown } = useBreakpoints();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <Card padding="0">
      <IndexTable
        condensed={smDown}
        selectable={false}
        itemCount={rows.length}
        resourceName={{ singular: "survey", plural: "surveys" }}
        headings={[
          { title: "Survey" },
          { title: "Status" },
          { title: "Answers", alignment: "end" },
          { title: "Response rate", alignment: "end" },
          { title: "NPS", alignment: "end" },
          { title: "Results" },
        ]}
      >
        {rows.map((row, position) => {
          const figures = [
            { label: "Answers", value: String(row.responses) },
            {
              label: "Response rate",
              value: row.responseRate === null ? "–" : percent.format(row.responseRate),
            },
            { label: "NPS", value: row.nps === null ? "–" : signed.format(row.nps) },
          ];
          const results = (
            <InlineStack gap="400" blockAlign="center">
              <Link url={`/app/surveys/${row.id}/results`} accessibilityLabel={`Results of ${row.name}`}>
                Results
              </Link>
              {onRestore && (
                <Button
                  size="slim"
                  accessibilityLabel={`Bring back ${row.name}`}
                  onClick={() => onRestore(row.id)}
                >
                  Bring back
                </Button>
              )}
            </InlineStack>
          );
          return smDown ? (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <Box padding="400" width="100%">
                <BlockStack gap="200">
                  <InlineStack align="space-between" blockAlign="center" gap="200">
                    <Link url={`/app/surveys/${row.id}`}>{row.name}</Link>
                    <SurveyStatus status={row.status} />
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {figures.map(({ label, value }) => `${label} ${value}`).join(" · ")}
                  </Text>
                  {results}
                </BlockStack>
              </Box>
            </IndexTable.Row>
          ) : (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <IndexTable.Cell>
                <Link url={`/app/surveys/${row.id}`}>{row.name}</Link>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <SurveyStatus status={row.status} />
              </IndexTable.Cell>
              {figures.map(({ label, value }) => (
                <IndexTable.Cell key={label}>
                  <Text as="span" alignment="end" numeric>
                    {value}
                  </Text>
                </IndexTable.Cell>
              ))}
              <IndexTable.Cell>{results}</IndexTable.Cell>
            </IndexTable.Row>
          );
        })}
      </IndexTable>
    </Card>
  );
}
