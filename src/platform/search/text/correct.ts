import type { Alternative, Clause } from './clauses.js';
import { editDistance } from './distance.js';

/** A word of letters, and how many documents have it. */
export interface Term {
  term: string;
  documents: number;
}

/** The words of an index. */
export interface Vocabulary {
  /** Which of the words occur. */
  find(words: readonly string[]): Promise<Term[]>;
  /** Whether a word begins with the prefix. */
  begins(prefix: string): Promise<boolean>;
  /** Words that look like each of the given ones; at least those within one edit and, where there are none, within `mostEdits`. */
  similar(words: readonly string[]): Promise<(Term & { word: string })[]>;
}

/** Terms that one misspelt word may stand for; more of them blur the answer. */
const MOST_CORRECTIONS = 6;

/**
 * Gives every word that no document has further ways to be found: neighbours by edit distance, its two halves ("power
 * shot" for powershot); and neighbouring words their joint spelling ("airpods" for air pods). With `all`, known words
 * get neighbours too.
 */
export async function correct(vocabulary: Vocabulary, clauses: readonly Clause[], all = false): Promise<Clause[]> {
  const words = clauses.filter((clause) => clause.word);
  if (words.length === 0) return [...clauses];
  const joint = clauses.map((clause, i) => {
    const next = clauses[i + 1];
    return clause.word && next?.word ? clause.text + next.text : undefined;
  });
  const known = await lookUp(vocabulary, [
    ...words.map((clause) => clause.text),
    ...joint.filter((text) => text !== undefined),
  ]);
  const unknown: Clause[] = [];
  for (const clause of words) {
    const found =
      known.has(clause.text) || clause.alternatives.some((way) => way.lexemes.every((lexeme) => known.has(lexeme)));
    const begins = !found && clause.last && clause.text.length > 1 && (await vocabulary.begins(clause.text));
    if (all || (!found && !begins)) unknown.push(clause);
  }
  const ways = await waysOf(
    vocabulary,
    unknown.map((clause) => clause.text),
  );
  const out: Clause[] = [];
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i]!;
    const next = clauses[i + 1];
    const together = joint[i];
    if (next && together && known.has(together)) {
      out.push(join(clause, next, together, ways));
      i++;
    } else out.push(widen(clause, ways.get(clause.text) ?? []));
  }
  return out;
}

const widen = (clause: Clause, ways: readonly Alternative[]): Clause => ({
  ...clause,
  alternatives: [...clause.alternatives, ...ways],
});

function join(a: Clause, b: Clause, together: string, ways: ReadonlyMap<string, Alternative[]>): Clause {
  const left = widen(a, ways.get(a.text) ?? []);
  const right = widen(b, ways.get(b.text) ?? []);
  const apart = left.alternatives.flatMap((x) =>
    x.prefix
      ? []
      : right.alternatives.map((y) => ({
          lexemes: [...x.lexemes, ...y.lexemes],
          quality: Math.min(x.quality, y.quality),
          ...(y.prefix ? { prefix: y.prefix } : {}),
        })),
  );
  return {
    text: `${a.text} ${b.text}`,
    last: b.last,
    alternatives: [...apart, { lexemes: [together], quality: 0.95 }],
  };
}

async function lookUp(vocabulary: Vocabulary, words: readonly string[]): Promise<Set<string>> {
  const asked = new Set(words);
  for (const word of words) asked.add(word.endsWith('s') ? word.slice(0, -1) : `${word}s`);
  return new Set((await vocabulary.find([...asked])).map((row) => row.term));
}

async function waysOf(vocabulary: Vocabulary, words: readonly string[]): Promise<Map<string, Alternative[]>> {
  const ways = new Map<string, Alternative[]>(words.map((word) => [word, []]));
  const long = words.filter((word) => word.length > 2);
  if (long.length === 0) return ways;
  const variants = new Map(long.map((word) => [word, near(word)]));
  const halves = new Map(long.map((word) => [word, split(word)]));
  const asked = [...variants.values(), ...[...halves.values()].flat()].flat();
  const [exact, similar] = await Promise.all([vocabulary.find([...new Set(asked)]), vocabulary.similar(long)]);
  const known = new Map(exact.map((row) => [row.term, row]));
  for (const word of long) {
    const terms = new Map<string, Term>();
    for (const variant of variants.get(word) ?? []) {
      const row = known.get(variant);
      if (row) terms.set(variant, row);
    }
    for (const row of similar) if (row.word === word) terms.set(row.term, row);
    terms.delete(word);
    const found = nearest(word, [...terms.values()]).map((term): Alternative => ({ lexemes: [term], quality: 0.5 }));
    for (const pair of halves.get(word) ?? []) {
      if (pair.every((half) => known.has(half))) found.push({ lexemes: pair, quality: 0.6 });
    }
    ways.set(word, found);
  }
  return ways;
}

/** Swaps of neighbours and deletions: what shares too few trigrams with the word to be found by them. */
function near(word: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < word.length; i++) {
    found.push(word.slice(0, i) + word.slice(i + 1));
    if (i + 1 < word.length) found.push(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2));
  }
  return found.filter((text) => !/\p{Cs}/u.test(text) && text.length > 1);
}

function split(word: string): string[][] {
  const found: string[][] = [];
  for (let i = 3; i <= word.length - 3; i++) found.push([word.slice(0, i), word.slice(i)]);
  return found;
}

/** How many letters of a word may be wrong. */
export const mostEdits = (word: string): 1 | 2 => (word.length >= 8 ? 2 : 1);

/** The terms of the smallest distance within `mostEdits`, the more frequent first. */
function nearest(word: string, terms: readonly Term[]): string[] {
  const most = mostEdits(word);
  const near = terms
    .map((row) => ({ ...row, distance: editDistance(word, row.term, most) }))
    .filter((row) => row.distance <= most);
  const least = Math.min(...near.map((row) => row.distance));
  return near
    .filter((row) => row.distance === least)
    .sort((a, b) => b.documents - a.documents || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_CORRECTIONS)
    .map((row) => row.term);
}
