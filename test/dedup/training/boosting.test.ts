import { describe, expect, it } from 'vitest';
import { Forest } from '../../../src/dedup/model/index.js';
import { type BoostingSettings, type Examples, seededRandom, trainForest } from '../../../src/dedup/training/index.js';

const settings: BoostingSettings = {
  trees: 40,
  leaves: 6,
  learningRate: 0.2,
  leafWeight: 5,
  penalty: 1,
  rows: 0.8,
  features: 1,
  seed: 3,
};

/** A match when exactly one of two numbers is above its half; the third number is noise; the second is missing at times, then it is a match. */
function toy(n: number): Examples {
  const random = seededRandom(9);
  const columns = [new Float32Array(n), new Float32Array(n), new Float32Array(n)];
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const [a, b, c] = [random(), random(), random()];
    const missing = random() < 0.2;
    (columns[0] as Float32Array)[i] = a;
    (columns[1] as Float32Array)[i] = missing ? Number.NaN : b;
    (columns[2] as Float32Array)[i] = c;
    labels[i] = missing || a > 0.5 !== b > 0.5 ? 1 : 0;
  }
  return { features: ['a', 'b', 'c'], columns, labels, weights: new Float64Array(n).fill(1) };
}

describe('trainForest', () => {
  const examples = toy(3000);
  const data = trainForest(examples, settings);
  const forest = new Forest(data);

  it('learns an exclusive or, and what a missing value means', () => {
    const says = (a: number, b: number) => forest.logit(Float64Array.from([a, b, 0.5])) > 0;
    expect([says(0.2, 0.8), says(0.8, 0.2), says(0.2, 0.2), says(0.8, 0.8)]).toEqual([true, true, false, false]);
    expect([says(0.2, Number.NaN), says(0.8, Number.NaN)]).toEqual([true, true]);
  });

  it('is right on most of what it has not seen', () => {
    const fresh = toy(3600);
    let right = 0;
    for (let i = 3000; i < 3600; i++) {
      const row = Float64Array.from(fresh.columns, (column) => column[i] as number);
      if (forest.logit(row) > 0 === (fresh.labels[i] === 1)) right++;
    }
    expect(right / 600).toBeGreaterThan(0.97);
  });

  it('gives the same trees for the same examples, whose children follow their parents', () => {
    expect(trainForest(toy(3000), settings)).toEqual(data);
    data.feature.forEach((feature, node) => {
      if (feature >= 0) expect(Math.min(data.left[node] as number, data.right[node] as number)).toBeGreaterThan(node);
    });
  });
});
