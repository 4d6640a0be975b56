/**
 * How alike two titles are: cosine of their words, rare words weighing more (tf-idf). Tells the teapot of a set from the
 * cups of the same set before anybody has bought both, and works in any language that puts spaces between words.
 */
export type TitleWords = {
  /** Per product: its words and their weights, by word; the squares of the weights add up to one. */
  words: Uint32Array[];
  weights: Float32Array[];
  /** Per word, the products that have it; empty for words of too many products. */
  holders: number[][];
};

/** A word of more products says too little to look them all up. */
const MOST_HOLDERS = 200;

export function readTitles(titles: readonly string[]): TitleWords {
  const numbers = new Map<string, number>();
  const holders: number[][] = [];
  const words = titles.map((title, item) => {
    const own = new Set<number>();
    for (const word of wordsOf(title)) {
      let number = numbers.get(word);
      if (number === undefined) numbers.set(word, (number = holders.push([]) - 1));
      own.add(number);
    }
    for (const number of own) holders[number]!.push(item);
    return Uint32Array.from(own).sort();
  });
  const weights = words.map((own) => weigh(own, holders, titles.length));
  return { words, weights, holders: holders.map((list) => (list.length > MOST_HOLDERS ? [] : list)) };
}

function wordsOf(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

function weigh(own: Uint32Array, holders: number[][], titles: number): Float32Array {
  const weights = Float32Array.from(own, (word) => Math.log(titles / holders[word]!.length));
  const length = Math.hypot(...weights) || 1;
  return weights.map((weight) => weight / length);
}

/** @returns 0 (no common word) to 1 (the same words) */
export function likeness({ words, weights }: TitleWords, a: number, b: number): number {
  const [left, right] = [words[a]!, words[b]!];
  let sum = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) sum += weights[a]![i++]! * weights[b]![j++]!;
    else if (left[i]! < right[j]!) i++;
    else j++;
  }
  return sum;
}

/** The products with the likest titles, likest first. */
export function likest(titles: TitleWords, item: number, most: number): number[] {
  const scores = new Map<number, number>();
  titles.words[item]!.forEach((word, index) => {
    for (const other of titles.holders[word]!) {
      if (other === item) continue;
      const own = titles.words[other]!.indexOf(word);
      const share = titles.weights[item]![index]! * titles.weights[other]![own]!;
      scores.set(other, (scores.get(other) ?? 0) + share);
    }
  });
  return [...scores]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, most)
    .map(([other]) => other);
}
