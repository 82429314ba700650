import type { estypes } from '@elastic/elasticsearch';
import type { Clause } from '../text/index.js';
import type { Reading } from './reading.js';
import { anyOf, inflected, wayIn } from './ways.js';

/*
 * The score of a document is a function of its words and the query's alone: weights by field, as `scoreOf` of the database's
 * index has them, and no frequencies, which differ between copies of an index and change with every write. All weights
 * are multiples of 1/16, so that sums are exact in whatever order they are made; equal scores end in the golden id. That
 * makes a place in the order one that can be gone on from, today or tomorrow, on any copy, without a point in time kept open.
 */
const IN_TITLE = 10;
const IN_BRAND = 8;
const ELSEWHERE = 2;
const WHOLE_CODE = 50;
const NEIGHBOURS = 2;
/** Quality of another inflection of a word. */
const INFLECTED = 0.9;

const sixteenth = (value: number): number => Math.round(value * 16) / 16;

/** What a word of the query found in the title adds: the share of the title that was asked for. */
export const coverOf = (titleWords: number): number => sixteenth(5 / Math.max(1, titleWords));

/** What being listed by many sources adds. */
export const spreadOf = (sources: number): number => sixteenth(0.3 * Math.log2(1 + sources));

/** Gives what matches its score; `match` decides alone what is found. */
export function scored(
  match: estypes.QueryDslQueryContainer[],
  { clauses, codes, inflections }: Pick<Reading, 'clauses' | 'codes' | 'inflections'>,
): estypes.QueryDslQueryContainer {
  const should = clauses.map((clause) => best(clause, inflections && clause.word === true));
  if (codes.length > 0) should.push(constant({ terms: { codes: codes.map((code) => code.slice(1)) } }, WHOLE_CODE));
  should.push(...neighbours(clauses));
  return {
    function_score: {
      query: { bool: { filter: match, should } },
      functions: [
        { field_value_factor: { field: 'spread', missing: 0 } },
        ...clauses.map((clause) => ({
          filter: anyOf(clause.alternatives.map((way) => wayIn('title', way))),
          field_value_factor: { field: 'cover', missing: 0 },
        })),
      ],
      score_mode: 'sum',
      boost_mode: 'sum',
    },
  };
}

function best({ text, alternatives }: Clause, inflections: boolean): estypes.QueryDslQueryContainer {
  const queries = alternatives.flatMap((way) => [
    constant(wayIn('title', way), IN_TITLE * way.quality),
    constant(wayIn('brand', way), IN_BRAND * way.quality),
    constant(wayIn('all', way), ELSEWHERE * way.quality),
  ]);
  if (inflections)
    queries.push(
      constant(inflected('title', text), IN_TITLE * INFLECTED),
      constant(inflected('all', text), ELSEWHERE * INFLECTED),
    );
  return { dis_max: { queries } };
}

/** Words of the title that follow each other as asked. */
function neighbours(clauses: readonly Clause[]): estypes.QueryDslQueryContainer[] {
  return clauses.slice(1).map((clause, i) => {
    const before = clauses[i]!;
    const text = [before, clause]
      .map(({ alternatives: [way] }) => (way?.run ?? way?.lexemes ?? []).join(' '))
      .join(' ');
    return constant({ match_phrase: { title: { query: text } } }, NEIGHBOURS);
  });
}

function constant(filter: estypes.QueryDslQueryContainer, weight: number): estypes.QueryDslQueryContainer {
  return { constant_score: { filter, boost: sixteenth(weight) } };
}
