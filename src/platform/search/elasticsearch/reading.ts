import { type Clause, clausesOf, correct, type SynonymTable, type Vocabulary } from '../text/index.js';

/** A query's words as they are asked for: the spelling as it came, or a wider reading of it. */
export interface Reading {
  clauses: readonly Clause[];
  /** Whole part numbers that the query or one of its words is, each with `#` in front. */
  codes: readonly string[];
  /** The one of the whole query, which is found although no document has its words. */
  wholeCode: string | undefined;
  /** Whether other inflections of the words count. */
  inflections: boolean;
  /** Whether there is no wider one. */
  widest: boolean;
}

/**
 * The readings of a text, from narrow to wide; the first that finds anything is the one meant. Words that no document has
 * are taken for misspelt at once, as in the index of the database. Inflections come when that found nothing, so that both
 * indices agree wherever the other one has an answer; then words that are known are taken for misspelt too.
 */
export async function* readingsOf(
  text: string,
  synonyms: SynonymTable,
  vocabulary: Vocabulary,
): AsyncGenerator<Reading, void> {
  const { clauses, codes, wholeCode } = clausesOf(text, synonyms);
  const corrected = await correct(vocabulary, clauses);
  const wider = clauses.some(({ word }) => word);
  const narrow = { clauses: corrected, codes, wholeCode, inflections: false, widest: !wider };
  yield narrow;
  if (!wider) return;
  // Looked for while the server is at the next reading.
  const all = correct(vocabulary, clauses, true);
  all.catch(() => undefined);
  yield { ...narrow, inflections: true };
  yield { ...narrow, clauses: await all, inflections: true, widest: true };
}
