import type { Weighted } from '../weighted.js';
import type { Comparison } from './comparison.js';

const result = { shared: 0, within: 0, missing: 0 };

/** How the codes of one record fare on the other side. */
function look(data: Weighted, row: number, other: number): void {
  const { recordCodes, detailCodes, codes, squashes } = data.store;
  result.shared = 0;
  result.within = 0;
  result.missing = 0;
  const squash = squashes.at(other);
  const start = recordCodes.starts[other] as number;
  const stop = recordCodes.starts[other + 1] as number;
  const detailStart = detailCodes.starts[other] as number;
  const detailStop = detailCodes.starts[other + 1] as number;
  const end = recordCodes.starts[row + 1] as number;
  for (let i = recordCodes.starts[row] as number; i < end; i++) {
    const code = recordCodes.data[i] as number;
    const weight = data.codeWeights[code] as number;
    let found = 0;
    for (let j = start; j < stop; j++) if (recordCodes.data[j] === code) found = 1;
    if (found === 1) {
      if (weight > result.shared) result.shared = weight;
      continue;
    }
    if (squash.includes(codes.texts[code] as string)) found = 1;
    else for (let j = detailStart; j < detailStop; j++) if (detailCodes.data[j] === code) found = 1;
    if (found === 1) {
      if (weight > result.within) result.within = weight;
    } else result.missing++;
  }
}

/** Codes of the fields: 1 one is equal, 0.5 one stands in another, 0 neither, NaN when a side has none. */
function fields(data: Weighted, left: number, right: number): number {
  const { recordCodes, fieldCodes, codes } = data.store;
  const a = recordCodes.starts[left] as number;
  const b = recordCodes.starts[right] as number;
  const aEnd = a + (fieldCodes.data[left] as number);
  const bEnd = b + (fieldCodes.data[right] as number);
  if (a === aEnd || b === bEnd) return Number.NaN;
  let best = 0;
  for (let i = a; i < aEnd; i++)
    for (let j = b; j < bEnd; j++) {
      if (recordCodes.data[i] === recordCodes.data[j]) return 1;
      const x = codes.texts[recordCodes.data[i] as number] as string;
      const y = codes.texts[recordCodes.data[j] as number] as string;
      if (x.length > y.length ? x.includes(y) : y.includes(x)) best = 0.5;
    }
  return best;
}

/** All codes of a record: the weight of the rarest shared one, of the rarest that stands inside the other, and those that do not. */
export const codes: Comparison = {
  name: 'codes',
  features: ['code_shared', 'code_inside', 'code_missing_max', 'code_missing_min', 'code_conflict', 'code_field'],
  compare({ data, left, right }, out, at) {
    const { starts } = data.store.recordCodes;
    const leftCount = (starts[left + 1] as number) - (starts[left] as number);
    const rightCount = (starts[right + 1] as number) - (starts[right] as number);
    if (leftCount === 0 && rightCount === 0) {
      out.fill(Number.NaN, at, at + 6);
      return;
    }
    look(data, left, right);
    const { shared, within, missing } = result;
    look(data, right, left);
    const inside = Math.max(within, result.within);
    out[at] = shared;
    out[at + 1] = Math.max(shared, inside);
    out[at + 2] = Math.max(missing, result.missing);
    out[at + 3] = Math.min(missing, result.missing);
    out[at + 4] = leftCount === 0 || rightCount === 0 ? Number.NaN : shared === 0 && inside === 0 ? 1 : 0;
    out[at + 5] = fields(data, left, right);
  },
};
