import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Corpus, type MatchRecord, type Model, scoreCorpus, scorePair, takeSnapshot } from '../../src/dedup/index.js';
import { general, record, records, shuffled } from './products.js';

/** Small lists and caps, so that small corpora cross them. */
const tight: Model = {
  ...general,
  thresholds: { ...general.thresholds, floor: 0 },
  blocking: { ...general.blocking, candidates: 3, cap: 6, identifierCap: 8, anchors: 1 },
};
const unique = new Set(['a']);

function corpusOf(list: readonly MatchRecord[], snapshot = takeSnapshot(list, tight)): Corpus {
  const corpus = new Corpus(tight, snapshot, { uniqueSources: unique });
  for (const one of list) corpus.add(one);
  return corpus;
}

/** Pair by keys → probability and stage. */
function scores(corpus: Corpus, only?: (index: number) => boolean): Map<string, string> {
  const pairs = scoreCorpus(corpus, only === undefined ? {} : { only });
  const out = new Map<string, string>();
  for (let i = 0; i < pairs.count; i++) {
    const left = corpus.keys[pairs.left[i] as number];
    const right = corpus.keys[pairs.right[i] as number];
    out.set(`${left} ${right}`, `${pairs.probability[i]} ${pairs.stage[i]}`);
  }
  return out;
}

describe('scoreCorpus', () => {
  it('does not depend on the order of records', () => {
    fc.assert(
      fc.property(shuffled, ({ records: list, order }) => {
        expect([...scores(corpusOf(order))]).toEqual([...scores(corpusOf(list))]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a part what it gives the whole', () => {
    fc.assert(
      fc.property(records, fc.func(fc.boolean()), (list, chosen) => {
        const corpus = corpusOf(list);
        const wanted = list.map((_, i) => chosen(i));
        const part = scores(corpus, (i) => wanted[i] === true);
        const whole = [...scores(corpus)].filter(([pair]) =>
          pair.split(' ').some((key) => wanted[corpus.keys.indexOf(key)] === true),
        );
        expect([...part]).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('changes only pairs of the blocks that a new record enters', () => {
    fc.assert(
      fc.property(records, (list) => {
        const snapshot = takeSnapshot(list, tight);
        const before = corpusOf(list.slice(1), snapshot);
        const after = corpusOf(list, snapshot);
        const near = new Set<string>([after.keys[0] as string]);
        const { blocks } = after;
        for (let i = blocks.rowStarts[0] as number; i < (blocks.rowStarts[1] as number); i++) {
          const block = blocks.blockOf[i] as number;
          for (let m = blocks.starts[block] as number; m < (blocks.starts[block + 1] as number); m++)
            near.add(after.keys[blocks.members[m] as number] as string);
        }
        const one = scores(before);
        const two = scores(after);
        for (const pair of new Set([...one.keys(), ...two.keys()]))
          if (one.get(pair) !== two.get(pair)) expect(pair.split(' ').some((key) => near.has(key))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with scorePair, in either order', () => {
    fc.assert(
      fc.property(records, (list) => {
        const corpus = corpusOf(list);
        const pairs = scoreCorpus(corpus);
        for (let i = 0; i < Math.min(pairs.count, 5); i++) {
          const left = pairs.left[i] as number;
          const right = pairs.right[i] as number;
          for (const score of [scorePair(corpus, left, right), scorePair(corpus, right, left)]) {
            expect(score.probability).toBe(pairs.probability[i]);
            expect(score.stage).toBe(pairs.stage[i]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('never pairs two records of a source that lists each product once', () => {
    fc.assert(
      fc.property(records, (list) => {
        for (const pair of scores(corpusOf(list)).keys())
          expect(pair.split(' ').every((key) => key.startsWith('a\u001f'))).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves out pairs below the floor and says what the kinds of key found', () => {
    const list = [
      ...Array.from({ length: 9 }, (_, i) => record(`${i}`, 'lumo kettle', { model: 'KX-2000' }, 'b')),
      record('x', 'lumo kettle KX-2000', {}, 'c'),
    ];
    const pairs = scoreCorpus(corpusOf(list));
    const code = pairs.report.kinds.find(({ kind }) => kind === 'code');
    expect(code).toMatchObject({ pairs: 0, cutKeys: 1, cutRecords: 10 });
    const high = { ...tight, thresholds: { match: 1, review: 1, floor: 1 } };
    const corpus = new Corpus(high, null, { uniqueSources: new Set() });
    for (const one of list) corpus.add(one);
    expect(scoreCorpus(corpus).count).toBe(0);
  });
});
