import { bundled, keeper } from "../kept/kept.ts";
import type { Measured, Parts } from "./parts.ts";

export type Measurer = (part: string, seed: number, rounds: number, given?: Measured) => Promise<Measured>;

/**
 * @param entry a file of bench/relevance that exports `parts`; what they measured is kept while their code is the same
 * @param data what they read, if anything: kept only while that is the same, too
 */
export async function measurerOf(
  entry: string,
  say: (text: string) => void,
  data: string[] = [],
): Promise<Measurer> {
  const { code, module } = await bundled<{ parts: Parts }>(`relevance-${entry}`, {
    entryPoints: [`bench/relevance/${entry}.ts`],
  });
  const keep = keeper(`relevance-${entry}`, code, ...data);
  return (part, seed, rounds, given = {}) =>
    keep(`${part}-${rounds}-${seed}`, () => {
      const measured = module.parts[part]!(seed, rounds, given);
      say(`seed ${seed}, ${part}: ${inWords(measured)}`);
      return measured;
    });
}

/** Longer lists are no figures. */
const LONG = 100;

function inWords(measured: Measured): string {
  return Object.entries(measured)
    .filter(([, values]) => values.length < LONG)
    .map(([key, values]) => `${key} ${values.map((value) => value.toFixed(3)).join(" ")}`)
    .join(", ");
}
