import type { IntColumn } from '../encode/index.js';

/** Records by key. Block b holds members[starts[b]] … members[starts[b + 1] - 1]; its key's kind and weight stand beside. */
export interface Blocks {
  count: number;
  starts: Int32Array;
  members: Int32Array;
  kinds: Uint8Array;
  /** In 1/256, at least 1: sums are exact in any order. */
  weights: Int32Array;
  /** Block of each key of each record, as `rowStarts` cuts it. */
  blockOf: Int32Array;
  rowStarts: Int32Array;
}

/** Groups keys that lie row after row in three columns. One hash table over all keys: two million keys take some 0.5 s. */
export function groupKeys(high: IntColumn, low: IntColumn, weights: Float64Array, rowStarts: Int32Array): Blocks {
  const n = high.length;
  let size = 1024;
  while (size < n * 1.6) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const blockOf = new Int32Array(n);
  const first = new Int32Array(n);
  const sizes = new Int32Array(n);
  const h = high.data;
  const l = low.data;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const a = h[i] as number;
    const b = l[i] as number;
    let at = (Math.imul(a, 0x9e3779b1) ^ (b >>> 3) ^ b) & (size - 1);
    for (;;) {
      const block = slots[at] as number;
      if (block === -1) {
        slots[at] = count;
        first[count] = i;
        sizes[count] = 1;
        blockOf[i] = count++;
        break;
      }
      const f = first[block] as number;
      if (h[f] === a && l[f] === b) {
        sizes[block] = (sizes[block] as number) + 1;
        blockOf[i] = block;
        break;
      }
      at = (at + 1) & (size - 1);
    }
  }
  const starts = new Int32Array(count + 1);
  const kinds = new Uint8Array(count);
  const blockWeights = new Int32Array(count);
  for (let block = 0; block < count; block++) {
    starts[block + 1] = (starts[block] as number) + (sizes[block] as number);
    kinds[block] = (l[first[block] as number] as number) & 7;
    blockWeights[block] = Math.max(1, Math.round(256 * (weights[first[block] as number] as number)));
  }
  const members = new Int32Array(n);
  const fill = starts.slice(0, count);
  for (let row = 0; row + 1 < rowStarts.length; row++)
    for (let i = rowStarts[row] as number; i < (rowStarts[row + 1] as number); i++) {
      const block = blockOf[i] as number;
      members[fill[block] as number] = row;
      fill[block] = (fill[block] as number) + 1;
    }
  return { count, starts, members, kinds, weights: blockWeights, blockOf, rowStarts };
}
