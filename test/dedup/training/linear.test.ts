import { expect, it } from 'vitest';
import { seededRandom, trainLogistic } from '../../../src/dedup/training/index.js';

it('finds the weights that made the labels', () => {
  const random = seededRandom(4);
  const n = 20_000;
  const rows = new Float64Array(2 * n);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const x = 4 * random() - 2;
    const y = 4 * random() - 2;
    rows[2 * i] = x;
    rows[2 * i + 1] = y;
    labels[i] = random() < 1 / (1 + Math.exp(-(0.5 + 2 * x - y))) ? 1 : 0;
  }
  const { bias, weights } = trainLogistic(rows, 2, labels, new Float64Array(n).fill(1), 0.01);
  expect(bias).toBeCloseTo(0.5, 0);
  expect(weights[0]).toBeCloseTo(2, 0);
  expect(weights[1]).toBeCloseTo(-1, 0);
});

it('stays put when nothing can be learnt', () => {
  const { weights } = trainLogistic(new Float64Array([1, 1]), 1, [1, 0], [1, 1], 1);
  expect(weights[0]).toBeCloseTo(0, 6);
});
