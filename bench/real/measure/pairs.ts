import { type Figures, figures, percent } from '../../matching/figures.js';

export interface LabelledPair {
  left: string;
  right: string;
  match: boolean;
}

export interface PairResult extends Figures {
  /** Pairs with both records in the store. */
  pairs: number;
  matches: number;
  /** Pairs of which a record is not there. */
  dangling: number;
}

/** Labelled pairs against golden records: a pair is found when both records are in one. */
export function pairsAgainst(labels: Iterable<LabelledPair>, goldenOf: (id: string) => string | undefined): PairResult {
  let [pairs, matches, found, right, dangling] = [0, 0, 0, 0, 0];
  for (const label of labels) {
    const [a, b] = [goldenOf(label.left), goldenOf(label.right)];
    if (a === undefined || b === undefined) {
      dangling++;
      continue;
    }
    pairs++;
    if (label.match) matches++;
    if (a !== b) continue;
    found++;
    if (label.match) right++;
  }
  return { ...figures(found, right, matches), pairs, matches, dangling };
}

/** `F1 91.2 (P 90.0 R 92.5)` */
export function f1Text({ f1, precision, recall }: Figures): string {
  return `F1 ${percent(f1)} (P ${percent(precision)} R ${percent(recall)})`;
}

export function pairText(result: PairResult): string {
  const dangling =
    result.dangling > 0 ? `; ${count(result.dangling)} pairs skipped, a record of theirs is not there` : '';
  return `${f1Text(result)} on ${count(result.pairs)} labelled pairs, ${count(result.matches)} of them matches${dangling}`;
}

export function count(n: number): string {
  return n.toLocaleString('en-US');
}
