import type { Model } from '../../src/dedup/index.js';
import { calibrate, Forest, type LinearData, sigmoid } from '../../src/dedup/model/index.js';
import { trainLogistic } from '../../src/dedup/training/index.js';
import type { Part } from './examples.js';

/** The second model: fits log-odds and cosine of the vectors on the examples that the forest leaves undecided, every set weighing the same. */
export function secondModel(model: Model, sets: readonly (readonly Part[])[]): LinearData {
  const forest = new Forest(model.forest);
  const rows: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const row = new Float64Array(model.features.length);
  for (const parts of sets) {
    const start = labels.length;
    for (const { examples, cosines } of parts)
      for (let i = 0; i < examples.labels.length; i++) {
        for (let f = 0; f < row.length; f++) row[f] = (examples.columns[f] as Float32Array)[i] as number;
        const logit = calibrate(forest.logit(row), model.calibration);
        const p = sigmoid(logit);
        if (p < model.embedding.band[0] || p > model.embedding.band[1]) continue;
        rows.push(logit, cosines[i] as number);
        labels.push(examples.labels[i] as number);
      }
    for (let i = start; i < labels.length; i++) weights.push(1000 / (labels.length - start));
  }
  const fitted = trainLogistic(Float64Array.from(rows), 2, labels, weights, 10);
  // Only the slope of the cosine is kept, turning about its mean: what the fit says of the log-odds themselves was learnt on known sets,
  // and would undo the calibration for unknown ones.
  const slope = fitted.weights[1] as number;
  let mean = 0;
  let total = 0;
  for (const [i, weight] of weights.entries()) {
    mean += weight * (rows[2 * i + 1] as number);
    total += weight;
  }
  return { bias: total > 0 ? (-slope * mean) / total : 0, weights: [1, slope] };
}

/** How often the exact stage was right, by what decided, each with ten matches in eleven assumed beforehand. */
export function exactShares(sets: readonly (readonly Part[])[]): { gtin: number; code: number } {
  const share = (kind: 'gtin' | 'code') => {
    let pairs = 11;
    let matches = 10;
    for (const parts of sets)
      for (const { exact } of parts) {
        pairs += exact[kind][0];
        matches += exact[kind][1];
      }
    return Math.round((matches / pairs) * 1000) / 1000;
  };
  return { gtin: share('gtin'), code: share('code') };
}
