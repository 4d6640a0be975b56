import { KeyFigure } from "#app/ui/figure";
import { Card, InlineGrid } from "#app/ui/polaris";

type Nps = {
  score: number;
  low: number;
  high: number;
  promoters: number;
  passives: number;
  detractors: number;
};

type KeyFiguresProps = {
  responses: number;
  shown: number | null;
  responseRate: number | null;
  nps: Nps | null;
  locale: string;
};

/** Answers, response rate and, where it is asked, the Net Promoter Score with its interval. */
export function KeyFigures({ responses, shown, responseRate, nps, locale }: KeyFiguresProps) {
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <Card>
      <InlineGrid columns={{ xs: 1, sm: nps ? 3 : 2 }} gap="400">
        <KeyFigure label="Answers" help="Surveys that were finished." value={count.format(responses)} />
        <KeyFigure
          label="Response rate"
          help="Of the orders on whose pages it was seen, how many answered there. Answers from emails are not part of it."
          value={responseRate === null ? "–" : percent.format(responseRate)}
          note={shown === null ? "Not seen on a page yet" : `of ${count.format(shown)} orders`}
        />
        {nps && (
          <KeyFigure
            label="NPS"
            help="Share of 9 and 10 minus share of 0 to 6. The range holds the true value in 95 of 100 cases."
            value={signed.format(nps.score)}
            note={`between ${signed.format(nps.low)} and ${signed.format(nps.high)}; ${count.format(nps.promoters)} promoters, ${count.format(nps.passives)} passives, ${count.format(nps.detractors)} detractors`}
          />
        )}
      </InlineGrid>
    </Card>
  );
}
