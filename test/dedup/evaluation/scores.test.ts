import { describe, expect, it } from 'vitest';
import { scoreQuality } from '../../../src/dedup/evaluation/index.js';

const score = (probability: number, matched: boolean, positive: boolean) => ({ probability, matched, positive });

describe('scoreQuality', () => {
  it('measures the given answer, the best threshold and the ranking', () => {
    const result = scoreQuality([
      score(0.9, true, true),
      score(0.8, true, false),
      score(0.7, true, true),
      score(0.2, false, true),
      score(0.1, false, false),
    ]);
    expect(result).toMatchObject({ pairs: 5, positives: 3 });
    expect(result.asMatched).toMatchObject({ precision: 2 / 3, recall: 2 / 3 });
    expect(result.best).toMatchObject({ threshold: 0.2, precision: 3 / 4, recall: 1 });
    expect(result.averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 10);
  });

  it('does not let the order of equal probabilities matter', () => {
    const tied = [score(0.5, true, true), score(0.5, true, false), score(0.5, true, false)];
    expect(scoreQuality(tied)).toEqual(scoreQuality([...tied].reverse()));
    expect(scoreQuality(tied).averagePrecision).toBeCloseTo(1 / 3, 10);
  });
});
