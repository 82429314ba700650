import { capOf, KEY_KINDS } from './blocking/index.js';
import type { CandidateLists } from './candidate-lists.js';

/** What the kinds of key found. */
export interface CandidateReport {
  pairs: number;
  kinds: {
    kind: string;
    /** Candidate pairs that share a live key of this kind, and those that share no key of another kind. */
    pairs: number;
    only: number;
    /** Keys that more records share than the cap, and the records that lost such a key. */
    cutKeys: number;
    cutRecords: number;
  }[];
}

/** Candidate pairs: left comes before right by record key; ordered by (left, right) in that order. */
export interface CandidatePairs {
  left: Int32Array;
  right: Int32Array;
  report: CandidateReport;
}

/** Every pair of which either lists the other and of which an end is in `only`. */
export function candidatePairs(lists: CandidateLists, only?: (row: number) => boolean): CandidatePairs {
  const { corpus, stride } = lists;
  const { ranks } = corpus;
  const rows: number[] = [];
  if (only === undefined) for (let row = 0; row < corpus.size; row++) rows.push(row);
  else {
    const wanted = new Uint8Array(corpus.size);
    for (let row = 0; row < corpus.size; row++)
      if (only(row)) {
        wanted[row] = 1;
        lists.neighbours(row, (other) => {
          wanted[other] = 1;
        });
      }
    for (let row = 0; row < corpus.size; row++) if (wanted[row] === 1) rows.push(row);
  }
  const pairs = KEY_KINDS.map((kind) => ({ kind: kind.name, pairs: 0, only: 0, cutKeys: 0, cutRecords: 0 }));
  // One number a pair, left rank * n + right rank: below 2^53 for 94 million records.
  const found = new Float64Array(rows.length * stride);
  let n = 0;
  for (const row of rows) {
    const start = lists.start(row);
    const end = start + lists.count(row);
    for (let i = start; i < end; i++) {
      const other = lists.entries[i] as number;
      if (only !== undefined && !only(row) && !only(other)) continue;
      const a = ranks[row] as number;
      const b = ranks[other] as number;
      if (b < a && lists.find(other, row) >= 0) continue;
      found[n++] = a < b ? a * corpus.size + b : b * corpus.size + a;
      const mask = lists.masks[i] as number;
      for (let kind = 0; kind < pairs.length; kind++) {
        if ((mask & (1 << kind)) === 0) continue;
        const counts = pairs[kind] as (typeof pairs)[number];
        counts.pairs++;
        if (mask === 1 << kind) counts.only++;
      }
    }
  }
  const order = found.subarray(0, n).sort();
  const byRank = new Int32Array(corpus.size);
  for (let row = 0; row < corpus.size; row++) byRank[ranks[row] as number] = row;
  const left = new Int32Array(n);
  const right = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const a = Math.floor((order[i] as number) / corpus.size);
    left[i] = byRank[a] as number;
    right[i] = byRank[(order[i] as number) - a * corpus.size] as number;
  }
  const { blocks, model } = corpus;
  for (let block = 0; block < blocks.count; block++) {
    const size = (blocks.starts[block + 1] as number) - (blocks.starts[block] as number);
    if (size <= capOf(blocks.kinds[block] as number, model.blocking)) continue;
    const counts = pairs[blocks.kinds[block] as number] as (typeof pairs)[number];
    counts.cutKeys++;
    counts.cutRecords += size;
  }
  return { left, right, report: { pairs: n, kinds: pairs } };
}
