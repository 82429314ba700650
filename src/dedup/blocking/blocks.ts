import type { KeyColumns } from './key-columns.js';

/**
 * Records by key, of keys that two records and more have. Block b holds members[starts[b]] … members[starts[b + 1] - 1]; its
 * key's kind and weight stand beside.
 */
export interface Blocks {
  count: number;
  starts: Int32Array;
  members: Int32Array;
  kinds: Uint8Array;
  /** In 1/256, at least 1: sums are exact in any order. */
  weights: Uint16Array;
  /** Block of each key of each record, as `rowStarts` cuts it. */
  blockOf: Int32Array;
  rowStarts: Int32Array;
}

/** Groups keys that lie row after row. One hash table over all keys: two million keys take some 0.5 s. */
export function groupKeys(keys: KeyColumns): Blocks {
  const { rowStarts } = keys;
  const { groupOf, sizes, count } = findGroups(keys);
  // A key of one record brings nobody together: of the keys of 100,000 records a fifth.
  const numbers = new Int32Array(count);
  let blocks = 0;
  let places = 0;
  for (let group = 0; group < count; group++) {
    const size = sizes[group] as number;
    numbers[group] = size < 2 ? -1 : blocks++;
    if (size >= 2) places += size;
  }
  const starts = new Int32Array(blocks + 1);
  for (let group = 0; group < count; group++) {
    const block = numbers[group] as number;
    if (block >= 0) starts[block + 1] = (starts[block] as number) + (sizes[group] as number);
  }
  const kinds = new Uint8Array(blocks);
  const weights = new Uint16Array(blocks);
  const members = new Int32Array(places);
  const blockOf = new Int32Array(places);
  const fill = starts.slice(0, blocks);
  const newStarts = new Int32Array(rowStarts.length);
  let at = 0;
  for (let row = 0; row + 1 < rowStarts.length; row++) {
    for (let i = rowStarts[row] as number; i < (rowStarts[row + 1] as number); i++) {
      const block = numbers[groupOf[i] as number] as number;
      if (block < 0) continue;
      const place = fill[block] as number;
      if (place === starts[block]) {
        kinds[block] = (keys.low.data[i] as number) & 7;
        weights[block] = keys.weights.data[i] as number;
      }
      members[place] = row;
      fill[block] = place + 1;
      blockOf[at++] = block;
    }
    newStarts[row + 1] = at;
  }
  return { count: blocks, starts, members, kinds, weights, blockOf, rowStarts: newStarts };
}

/** Numbers equal keys alike, in order of first sight, and counts them. */
function findGroups(keys: KeyColumns): { groupOf: Int32Array; sizes: Int32Array; count: number } {
  const n = keys.length;
  let size = 1024;
  while (size < n * 1.6) size *= 2;
  // Place of a group's first key, and 1; 0 is free.
  const slots = new Int32Array(size);
  const groupOf = new Int32Array(n);
  const sizes = new Int32Array(n);
  const h = keys.high.data;
  const l = keys.low.data;
  let count = 0;
  for (let i = 0; i < n; i++) {
    const a = h[i] as number;
    const b = l[i] as number;
    let at = (Math.imul(a, 0x9e3779b1) ^ (b >>> 3) ^ b) & (size - 1);
    for (;;) {
      const first = (slots[at] as number) - 1;
      if (first === -1) {
        slots[at] = i + 1;
        sizes[count] = 1;
        groupOf[i] = count++;
        break;
      }
      if (h[first] === a && l[first] === b) {
        const group = groupOf[first] as number;
        sizes[group] = (sizes[group] as number) + 1;
        groupOf[i] = group;
        break;
      }
      at = (at + 1) & (size - 1);
    }
  }
  return { groupOf, sizes, count };
}
