import { expect, it } from 'vitest';
import { calibrate, logitOf, sigmoid } from '../../../src/dedup/model/index.js';

it('goes through its knots in straight lines and stays level outside', () => {
  const data = { from: [-2, 0, 2], to: [-1, 0, 4] };
  expect([-5, -2, -1, 0, 1, 2, 9].map((x) => calibrate(x, data))).toEqual([-1, -1, -0.5, 0, 2, 4, 4]);
  expect(calibrate(1.5, { from: [], to: [] })).toBe(1.5);
});

it('log-odds and probabilities are inverse to each other', () => {
  for (const p of [0.01, 0.5, 0.9]) expect(sigmoid(logitOf(p))).toBeCloseTo(p, 12);
  expect(Number.isFinite(logitOf(0))).toBe(true);
});
