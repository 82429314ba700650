/**
 * String kernels beside the libraries that are their reference: million pairs a CPU second, best of three rounds, one
 * thread. `node dist/bench/kernels.js [pairs.tsv]`; without a file, generated pairs of titles that share brand and words.
 * The sums of a column must agree, or the figures compare different work.
 */
import { readFileSync } from 'node:fs';
import fastLevenshtein from 'fast-levenshtein';
import talismanJaroWinkler from 'talisman/metrics/jaro-winkler.js';
import talismanLevenshtein from 'talisman/metrics/levenshtein.js';
import {
  jaroWinkler,
  jaroWinklerCodes,
  levenshtein,
  levenshteinCodes,
  levenshteinCodesWithin,
  longestCommonSubstringCodes,
} from '../src/dedup/kernels/index.js';
import { stopwatch } from './measure/figures.js';

const PAIRS = 200_000;

/** Pairs like those that blocking lets through: one title, and a listing of the same or a sibling product. */
function generatedPairs(): [string, string][] {
  let state = 1;
  const next = (n: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
  const syllables = ['ka', 'ro', 'mi', 'tel', 'an', 'so', 'vex', 'lu', 'dor', 'pi', 'zan', 'bre', 'co', 'nix', 'ta'];
  const word = () => Array.from({ length: 2 + next(3) }, () => syllables[next(syllables.length)]).join('');
  const extras = ['wireless', 'black', '2 pack', '500 ml', 'new', 'pro', '15.6 in', 'silver', '64gb', 'with case'];
  const code = () => `${String.fromCharCode(97 + next(26), 97 + next(26))}-${100 + next(900)}${next(2) ? 'x' : ''}`;
  return Array.from({ length: PAIRS }, () => {
    const base = [word(), word(), code(), word(), extras[next(extras.length)]!, word()];
    const other = [...base];
    if (next(2)) other[2] = code();
    if (next(2)) other[4] = extras[next(extras.length)]!;
    if (next(3) === 0) other.push(word());
    if (next(3) === 0) [other[3], other[5]] = [other[5]!, other[3]!];
    return [`${base.join(' ')} ${word()} ${word()}`, `${other.join(' ')} ${word()}`];
  });
}

function pairsOf(file: string): [string, string][] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [string, string]);
}

const file = process.argv[2];
const pairs = file === undefined ? generatedPairs() : pairsOf(file);
const starts = new Int32Array(pairs.length * 2 + 1);
const codes = new Uint16Array(pairs.reduce((n, [a, b]) => n + a.length + b.length, 0));
let end = 0;
pairs.flat().forEach((text, i) => {
  for (let k = 0; k < text.length; k++) codes[end++] = text.charCodeAt(k);
  starts[i + 1] = end;
});

type CodesKernel = (a: Uint16Array, as: number, ae: number, b: Uint16Array, bs: number, be: number) => number;
const overStrings = (kernel: (a: string, b: string) => number) => () => {
  let sum = 0;
  for (const [a, b] of pairs) sum += kernel(a, b);
  return sum;
};
const overCodes = (kernel: CodesKernel) => () => {
  let sum = 0;
  for (let i = 0; i < pairs.length; i++) {
    const middle = starts[2 * i + 1]!;
    sum += kernel(codes, starts[2 * i]!, middle, codes, middle, starts[2 * i + 2]!);
  }
  return sum;
};
const within12: CodesKernel = (a, as, ae, b, bs, be) => levenshteinCodesWithin(a, as, ae, b, bs, be, 12);

const runs: [string, () => number][] = [
  ['Jaro-Winkler         assay, encoded corpus', overCodes(jaroWinklerCodes)],
  ['Jaro-Winkler         assay, strings', overStrings(jaroWinkler)],
  ['Jaro-Winkler         talisman', overStrings(talismanJaroWinkler)],
  ['Levenshtein          assay, encoded corpus', overCodes(levenshteinCodes)],
  ['Levenshtein          assay, strings', overStrings(levenshtein)],
  ['Levenshtein          fast-levenshtein', overStrings((a, b) => fastLevenshtein.get(a, b))],
  ['Levenshtein          talisman', overStrings(talismanLevenshtein)],
  ['Levenshtein up to 12 assay, encoded corpus', overCodes(within12)],
  ['common substring     assay, encoded corpus', overCodes(longestCommonSubstringCodes)],
];

console.log(`${pairs.length} pairs, ${(end / pairs.length / 2).toFixed(1)} units a text, node ${process.version}`);
for (const [name, run] of runs) {
  let best = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let round = 0; round < 3; round++) {
    const watch = stopwatch();
    sum = run();
    best = Math.min(best, watch().cpu);
  }
  const rate = (pairs.length / best / 1e6).toFixed(3).padStart(8);
  console.log(`${name.padEnd(44)} ${rate} M pairs/CPU s   sum ${sum.toFixed(4)}`);
}
