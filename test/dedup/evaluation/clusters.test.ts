import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterQuality } from '../../../src/dedup/evaluation/index.js';

/** The definitions, word by word. */
function byDefinition(predicted: number[], actual: number[]) {
  const n = predicted.length;
  const together = (labels: number[], i: number, j: number) => labels[i] === labels[j];
  const pairs = { predicted: 0, actual: 0, correct: 0 };
  let precision = 0;
  let recall = 0;
  for (let i = 0; i < n; i++) {
    const counts = { cluster: 0, entity: 0, both: 0 };
    for (let j = 0; j < n; j++) {
      const [inCluster, inEntity] = [together(predicted, i, j), together(actual, i, j)];
      if (inCluster) counts.cluster++;
      if (inEntity) counts.entity++;
      if (inCluster && inEntity) counts.both++;
      if (j >= i) continue;
      if (inCluster) pairs.predicted++;
      if (inEntity) pairs.actual++;
      if (inCluster && inEntity) pairs.correct++;
    }
    precision += counts.both / counts.cluster / n;
    recall += counts.both / counts.entity / n;
  }
  return { pairs, precision, recall };
}

describe('clusterQuality', () => {
  it('equals the definitions of pairwise and B-cubed', () => {
    const labels = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(labels, labels), { minLength: 1, maxLength: 20 }), (records) => {
        const predicted = records.map(([label]) => label);
        const actual = records.map(([, label]) => label);
        const found = clusterQuality(Int32Array.from(predicted), Int32Array.from(actual));
        const expected = byDefinition(predicted, actual);
        expect(found.pairs).toEqual(expected.pairs);
        expect(found.bcubed.precision).toBeCloseTo(expected.precision, 10);
        expect(found.bcubed.recall).toBeCloseTo(expected.recall, 10);
      }),
    );
  });

  it('counts exact clusters with and without those of one record', () => {
    const found = clusterQuality(Int32Array.of(0, 0, 1, 2, 3, 3), Int32Array.of(0, 0, 1, 2, 2, 2));
    expect(found).toMatchObject({ records: 6, clusters: 4, entities: 3, largestCluster: 2 });
    expect(found.exact).toMatchObject({ precision: 2 / 4, recall: 2 / 3 });
    expect(found.exactLarger).toMatchObject({ precision: 1 / 2, recall: 1 / 2 });
    expect(found.pairwise).toMatchObject({ precision: 1, recall: 2 / 4 });
  });

  it('is perfect for the truth itself', () => {
    const labels = Int32Array.of(3, 1, 1, 0, 3);
    const { pairwise, bcubed, exact } = clusterQuality(labels, labels);
    for (const quality of [pairwise, bcubed, exact]) expect(quality).toEqual({ precision: 1, recall: 1, f1: 1 });
  });
});
