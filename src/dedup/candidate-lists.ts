import { capOf, IDENTIFIERS } from './blocking/index.js';
import type { Corpus } from './corpus.js';
import { Similarity } from './similarity.js';

/** Anchors a record lists beside its k best. */
const ANCHOR_ROOM = 8;

/**
 * Candidate lists. The list of a record is the k best of the records that share a live key with it, by (sum of the weights of
 * shared keys, then record key), without those that look unlike and share no identifier, and the anchors of its large identifier blocks; it is a function of the record, its blocks, the model and the snapshot. Lists are made when
 * first asked for.
 */
export class CandidateLists {
  /** The longest that a list can be. */
  readonly stride: number;
  /**
   * Of each record whose list was made: the summed weight of the keys that its k-th best shares with it, in 1/256; 0 when
   * fewer share one. Who shares less than that changes nothing in the list by coming, changing or going.
   */
  readonly bars: Int32Array;
  readonly #k: number;
  readonly #anchors = new Map<number, Int32Array>();
  /** Lists lie one after the other, as they were made: on average a list fills a quarter of its room. */
  readonly #starts: Int32Array;
  readonly #counts: Int32Array;
  #used = 0;
  #entries: Int32Array;
  #masks: Uint8Array;
  #similarities: Float64Array;
  /** While a list is made: summed weights above, kinds of shared keys in the lowest eight bits; one look-up a shared key. */
  readonly #shared: Int32Array;
  #touched = new Int32Array(4096);
  readonly #similarity: Similarity;
  readonly #best: { score: Int32Array; row: Int32Array };

  constructor(readonly corpus: Corpus) {
    const n = corpus.size;
    this.#k = corpus.model.blocking.candidates;
    this.stride = this.#k + (corpus.model.blocking.anchors > 0 ? ANCHOR_ROOM : 0);
    this.#counts = new Int32Array(n).fill(-1);
    this.#starts = new Int32Array(n);
    this.bars = new Int32Array(n);
    const room = n * 2 + this.stride;
    this.#entries = new Int32Array(room);
    this.#masks = new Uint8Array(room);
    this.#similarities = new Float64Array(room);
    this.#shared = new Int32Array(n);
    this.#similarity = new Similarity(corpus);
    this.#best = { score: new Int32Array(this.#k), row: new Int32Array(this.#k) };
  }

  /** Where the list of a record begins in `entries`, `masks` and `similarities`, which other lists may replace. */
  start(row: number): number {
    if ((this.#counts[row] as number) < 0) this.#list(row);
    return this.#starts[row] as number;
  }

  /** Length of the list of a record. */
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
    const start = this.start(row);
    const end = start + this.count(row);
    for (let i = start; i < end; i++) if (this.#entries[i] === other) return i;
    return -1;
  }

  #list(row: number): void {
    const { blocks, model, sourceOf, uniqueSource, ranks } = this.corpus;
    const { least } = model.blocking;
    const source = sourceOf.data[row] as number;
    const alone = uniqueSource[source] === true;
    const shared = this.#shared;
    const { members } = blocks;
    let touched = 0;
    for (let i = blocks.rowStarts[row] as number; i < (blocks.rowStarts[row + 1] as number); i++) {
      const block = blocks.blockOf[i] as number;
      const start = blocks.starts[block] as number;
      const end = blocks.starts[block + 1] as number;
      if (end - start < 2 || end - start > capOf(blocks.kinds[block] as number, model.blocking)) continue;
      const weight = (blocks.weights[block] as number) << 8;
      const bit = 1 << (blocks.kinds[block] as number);
      if (touched + end - start > this.#touched.length) {
        const grown = new Int32Array(this.#touched.length * 2 + end - start);
        grown.set(this.#touched);
        this.#touched = grown;
      }
      const list = this.#touched;
      for (let m = start; m < end; m++) {
        const other = members[m] as number;
        const known = shared[other] as number;
        if (known === 0) {
          if (other === row || (alone && sourceOf.data[other] === source)) continue;
          list[touched++] = other;
        }
        shared[other] = (known + weight) | bit;
      }
    }
    const { score, row: rows } = this.#best;
    let found = 0;
    for (let t = 0; t < touched; t++) {
      const other = this.#touched[t] as number;
      const value = (shared[other] as number) >> 8;
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
    if (this.#used + this.stride > this.#entries.length) this.#grow();
    const start = this.#used;
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const other = rows[i] as number;
      const mask = (shared[other] as number) & 255;
      const similarity = this.#similarity.of(row, other);
      if (similarity < least && (mask & IDENTIFIERS) === 0) continue;
      this.#entries[start + kept] = other;
      this.#masks[start + kept] = mask;
      this.#similarities[start + kept] = similarity;
      kept++;
    }
    if (this.stride > this.#k) kept = this.#addAnchors(row, start, kept);
    for (let t = 0; t < touched; t++) shared[this.#touched[t] as number] = 0;
    this.#starts[row] = start;
    this.bars[row] = found === this.#k ? (score[found - 1] as number) : 0;
    this.#counts[row] = kept;
    this.#used += kept;
  }

  #grow(): void {
    const room = this.#entries.length * 2 + this.stride;
    const [entries, masks, similarities] = [this.#entries, this.#masks, this.#similarities];
    this.#entries = new Int32Array(room);
    this.#entries.set(entries);
    this.#masks = new Uint8Array(room);
    this.#masks.set(masks);
    this.#similarities = new Float64Array(room);
    this.#similarities.set(similarities);
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
        if (kept === this.stride || this.#shared[other] === 0) continue;
        let known = false;
        for (let e = start; e < start + kept; e++) known ||= this.#entries[e] === other;
        if (known) continue;
        this.#entries[start + kept] = other;
        this.#masks[start + kept] = (this.#shared[other] as number) & 255;
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
