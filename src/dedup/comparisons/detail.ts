import type { Comparison } from './comparison.js';

let marks = new Int32Array(1024);
let stamp = 0;

/** Words of the descriptions: weight of the shared ones over that of the poorer side. */
export const detail: Comparison = {
  name: 'detail',
  features: ['detail'],
  compare({ data, left, right }, out, at) {
    const column = data.store.detail;
    const leftEnd = column.starts[left + 1] as number;
    const rightEnd = column.starts[right + 1] as number;
    if (column.starts[left] === leftEnd || column.starts[right] === rightEnd) {
      out[at] = Number.NaN;
      return;
    }
    if (marks.length < data.detailWeights.length) {
      marks = new Int32Array(data.detailWeights.length * 2);
      stamp = 0;
    }
    stamp++;
    let a = 0;
    for (let i = column.starts[left] as number; i < leftEnd; i++) {
      const word = column.data[i] as number;
      marks[word] = stamp;
      a += data.detailWeights[word] as number;
    }
    let b = 0;
    let shared = 0;
    for (let i = column.starts[right] as number; i < rightEnd; i++) {
      const word = column.data[i] as number;
      const weight = data.detailWeights[word] as number;
      b += weight;
      if (marks[word] === stamp) shared += weight;
    }
    out[at] = shared / Math.min(a, b);
  },
};
