import { capOf, IDENTIFIERS, KEY_KINDS } from './blocking/index.js';
import type { Corpus } from './corpus.js';
import { Similarity } from './similarity.js';

/** Anchors a record lists beside its k best. */
const ANCHOR_ROOM = 8;

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

/**
 * Candidate lists. The list of a record is the k best of the records that share a live key with it, by (sum of the weights of
 * shared keys, then record key), without those that look unlike and share no identifier, and the anchors of its large identifier blocks; it is a function of the record, its blocks, the model and the snapshot. Lists are made when
 * first asked for.
 */
export class CandidateLists {
  /** Room for a list: entries of row r stand from r * stride. */
  readonly stride: number;
  readonly #k: number;
  readonly #anchors = new Map<number, Int32Array>();
  readonly #counts: Int32Array;
  readonly #entries: Int32Array;
  readonly #masks: Uint8Array;
  readonly #similarities: Float64Array;
  readonly #score: Float64Array;
  readonly #mask: Uint8Array;
  #touched = new Int32Array(4096);
  readonly #similarity: Similarity;
  readonly #best: { score: Float64Array; row: Int32Array };

  constructor(readonly corpus: Corpus) {
    const n = corpus.size;
    this.#k = corpus.model.blocking.candidates;
    this.stride = this.#k + (corpus.model.blocking.anchors > 0 ? ANCHOR_ROOM : 0);
    this.#counts = new Int32Array(n).fill(-1);
    this.#entries = new Int32Array(n * this.stride);
    this.#masks = new Uint8Array(n * this.stride);
    this.#similarities = new Float64Array(n * this.stride);
    this.#score = new Float64Array(n);
    this.#mask = new Uint8Array(n);
    this.#similarity = new Similarity(corpus);
    this.#best = { score: new Float64Array(this.#k), row: new Int32Array(this.#k) };
  }

  /** Length of the list of a record; its entries stand from row * stride in `entries`, `masks` and `similarities`. */
  count(row: number): number {
    if ((this.#counts[row] as number) < 0) this.#list(row);
    return this.#counts[row] as number;
  }

  get entries(): Int32Array {
    return this.#entries;
  }

  /** Bit i: the two share a live key of kind i. */
  get masks(): Uint8Array {
    return this.#masks;
  }

  /** 3-gram cosine of the record with each entry. */
  get similarities(): Float64Array {
    return this.#similarities;
  }

  /** Place of `other` in the list of `row`, or -1. */
  find(row: number, other: number): number {
    const start = row * this.stride;
    const end = start + this.count(row);
    for (let i = start; i < end; i++) if (this.#entries[i] === other) return i;
    return -1;
  }

  #list(row: number): void {
    const { blocks, model, sourceOf, uniqueSource, ranks } = this.corpus;
    const { least } = model.blocking;
    const source = sourceOf.data[row] as number;
    const alone = uniqueSource[source] === true;
    let touched = 0;
    for (let i = blocks.rowStarts[row] as number; i < (blocks.rowStarts[row + 1] as number); i++) {
      const block = blocks.blockOf[i] as number;
      const start = blocks.starts[block] as number;
      const end = blocks.starts[block + 1] as number;
      if (end - start < 2 || end - start > capOf(blocks.kinds[block] as number, model.blocking)) continue;
      const weight = blocks.weights[block] as number;
      const bit = 1 << (blocks.kinds[block] as number);
      if (touched + end - start > this.#touched.length) {
        const grown = new Int32Array(this.#touched.length * 2 + end - start);
        grown.set(this.#touched);
        this.#touched = grown;
      }
      for (let m = start; m < end; m++) {
        const other = blocks.members[m] as number;
        if (this.#mask[other] === 0) {
          if (other === row || (alone && sourceOf.data[other] === source)) continue;
          this.#touched[touched++] = other;
        }
        this.#mask[other] = (this.#mask[other] as number) | bit;
        this.#score[other] = (this.#score[other] as number) + weight;
      }
    }
    const { score, row: rows } = this.#best;
    let found = 0;
    for (let t = 0; t < touched; t++) {
      const other = this.#touched[t] as number;
      const value = this.#score[other] as number;
      if (found === this.#k && value < (score[found - 1] as number)) continue;
      let at = found;
      for (; at > 0; at--) {
        const above = score[at - 1] as number;
        if (above > value) break;
        if (above === value && (ranks[rows[at - 1] as number] as number) < (ranks[other] as number)) break;
        if (at < this.#k) {
          score[at] = above;
          rows[at] = rows[at - 1] as number;
        }
      }
      if (at >= this.#k) continue;
      score[at] = value;
      rows[at] = other;
      if (found < this.#k) found++;
    }
    const start = row * this.stride;
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const other = rows[i] as number;
      const mask = this.#mask[other] as number;
      const similarity = this.#similarity.of(row, other);
      if (similarity < least && (mask & IDENTIFIERS) === 0) continue;
      this.#entries[start + kept] = other;
      this.#masks[start + kept] = mask;
      this.#similarities[start + kept] = similarity;
      kept++;
    }
    if (this.stride > this.#k) kept = this.#addAnchors(row, start, kept);
    for (let t = 0; t < touched; t++) {
      const other = this.#touched[t] as number;
      this.#mask[other] = 0;
      this.#score[other] = 0;
    }
    this.#counts[row] = kept;
  }

  /** Lists the anchors of the row's identifier blocks that are larger than a list; returns the new length. */
  #addAnchors(row: number, start: number, length: number): number {
    const { blocks, model } = this.corpus;
    let kept = length;
    for (let i = blocks.rowStarts[row] as number; i < (blocks.rowStarts[row + 1] as number); i++) {
      const block = blocks.blockOf[i] as number;
      const kind = blocks.kinds[block] as number;
      if ((IDENTIFIERS & (1 << kind)) === 0) continue;
      const size = (blocks.starts[block + 1] as number) - (blocks.starts[block] as number);
      if (size <= this.#k || size > capOf(kind, model.blocking)) continue;
      for (const other of this.#anchorsOf(block)) {
        // A mask of 0 means that the record itself or one of the same unique source: never a candidate.
        if (kept === this.stride || this.#mask[other] === 0) continue;
        let known = false;
        for (let e = start; e < start + kept; e++) known ||= this.#entries[e] === other;
        if (known) continue;
        this.#entries[start + kept] = other;
        this.#masks[start + kept] = this.#mask[other] as number;
        this.#similarities[start + kept] = this.#similarity.of(row, other);
        kept++;
      }
    }
    return kept;
  }

  /** The members of a block with the fewest words, then by record key. */
  #anchorsOf(block: number): Int32Array {
    let anchors = this.#anchors.get(block);
    if (anchors === undefined) {
      const { blocks, model, ranks, store } = this.corpus;
      const { starts } = store.tokens;
      const words = (row: number) => (starts[row + 1] as number) - (starts[row] as number);
      anchors = blocks.members
        .slice(blocks.starts[block], blocks.starts[block + 1])
        .sort((a, b) => words(a) - words(b) || (ranks[a] as number) - (ranks[b] as number))
        .slice(0, model.blocking.anchors);
      this.#anchors.set(block, anchors);
    }
    return anchors;
  }

  /** Rows that share a live key with `row`: those whose list may hold it. */
  neighbours(row: number, visit: (other: number) => void): void {
    const { blocks, model } = this.corpus;
    for (let i = blocks.rowStarts[row] as number; i < (blocks.rowStarts[row + 1] as number); i++) {
      const block = blocks.blockOf[i] as number;
      const start = blocks.starts[block] as number;
      const end = blocks.starts[block + 1] as number;
      if (end - start > capOf(blocks.kinds[block] as number, model.blocking)) continue;
      for (let m = start; m < end; m++) visit(blocks.members[m] as number);
    }
  }
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
    const start = row * stride;
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
