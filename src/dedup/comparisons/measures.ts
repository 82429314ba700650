import type { EncodedStore } from '../encode/index.js';
import type { Comparison } from './comparison.js';

/** Two values of one dimension agree within this share: 12 oz is 340 g on one label and 341 g on another. */
const TOLERANCE = 0.02;
const result = { agree: 0, conflict: 0, ratio: 1 };

/** For each dimension that both sides measure: whether some value agrees, and how near the nearest comes. */
function look(store: EncodedStore, left: number, right: number): void {
  const { measures, measureValues } = store;
  result.agree = 0;
  result.conflict = 0;
  result.ratio = 1;
  const end = measures.starts[left + 1] as number;
  const start = measures.starts[right] as number;
  const stop = measures.starts[right + 1] as number;
  const first = measures.starts[left] as number;
  for (let i = first; i < end; i += 2) {
    const dimension = measures.data[i] as number;
    let seen = false;
    for (let e = first; e < i; e += 2) seen ||= measures.data[e] === dimension;
    if (seen) continue;
    let best = -1;
    for (let e = i; e < end; e += 2) {
      if (measures.data[e] !== dimension) continue;
      const a = measureValues.data[measures.data[e + 1] as number] as number;
      for (let j = start; j < stop; j += 2) {
        if (measures.data[j] !== dimension) continue;
        const b = measureValues.data[measures.data[j + 1] as number] as number;
        const ratio = a === b ? 1 : Math.min(a, b) / Math.max(a, b);
        if (ratio > best) best = ratio;
      }
    }
    if (best < 0) continue;
    if (best >= 1 - TOLERANCE) result.agree++;
    else {
      result.conflict++;
      if (best < result.ratio) result.ratio = best;
    }
  }
}

/** Sizes with units, whatever field they stand in: dimensions that agree, that differ, and by how much. */
export const measures: Comparison = {
  name: 'measures',
  features: ['measure_agree', 'measure_conflict', 'measure_ratio', 'measure_field'],
  compare({ data: { store }, left, right }, out, at) {
    const { starts, data } = store.measures;
    const a = starts[left] as number;
    const b = starts[right] as number;
    if (a === starts[left + 1] || b === starts[right + 1]) {
      out[at] = Number.NaN;
      out[at + 1] = Number.NaN;
      out[at + 2] = Number.NaN;
      out[at + 3] = a === starts[left + 1] && b === starts[right + 1] ? Number.NaN : -1;
      return;
    }
    look(store, left, right);
    out[at] = result.agree;
    out[at + 1] = result.conflict;
    out[at + 2] = result.agree + result.conflict === 0 ? Number.NaN : result.ratio;
    // The first measure of a size field is what the product is sold as.
    const fielded = (store.fieldMeasures.data[left] as number) > 0 && (store.fieldMeasures.data[right] as number) > 0;
    if (!fielded || data[a] !== data[b]) out[at + 3] = Number.NaN;
    else {
      const x = store.measureValues.data[data[a + 1] as number] as number;
      const y = store.measureValues.data[data[b + 1] as number] as number;
      out[at + 3] = x === y ? 1 : Math.min(x, y) / Math.max(x, y);
    }
  },
};
