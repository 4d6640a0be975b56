import type { Guardrail, Metric } from "#app/experiments/subjects";
import { isMoney } from "#app/ui/experiment-words";
import { formatMoney } from "#app/ui/money";

/** How a figure is written: money, or a share in percent. */
export function formatFor(figure: Metric | Guardrail, currency: string, locale: string) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  return (value: number) =>
    isMoney(figure) ? formatMoney(Math.round(value), currency, locale) : percent.format(value);
}
