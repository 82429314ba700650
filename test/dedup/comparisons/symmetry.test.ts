import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FEATURE_NAMES } from '../../../src/dedup/comparisons/index.js';
import { Corpus, scorePair } from '../../../src/dedup/index.js';
import { general, records } from '../products.js';

it('features and probabilities do not depend on which record is named first', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.nat(), (list, x, y) => {
      const i = x % list.length;
      const j = y % list.length;
      fc.pre(i !== j);
      const swapped = list.map((record, at) => {
        const to = at === i ? j : at === j ? i : at;
        return { ...record, product: (list[to] as (typeof list)[number]).product, source: 'a' };
      });
      const model = { ...general, features: [...FEATURE_NAMES], forest: { ...general.forest, roots: [] } };
      const build = (rows: typeof list) => {
        const corpus = new Corpus(model, null, { uniqueSources: new Set() });
        for (const row of rows) corpus.add({ ...row, source: 'a' });
        return corpus;
      };
      expect(scorePair(build(swapped), i, j).features).toEqual(scorePair(build(list), i, j).features);
    }),
    { numRuns: 60 },
  );
});
