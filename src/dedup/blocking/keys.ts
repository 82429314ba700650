import { Buckets, embedRow } from '../embedding/index.js';
import type { BlockingSettings, Model } from '../model/index.js';
import type { Weighted } from '../weighted.js';
import { brandCodeKeys } from './brand-code.js';
import { bucketKeys } from './bucket.js';
import { codeKeys } from './code.js';
import { gramKeys } from './gram.js';
import { gtinKeys } from './gtin.js';
import type { KeyKind, KeySource } from './kind.js';
import { prefixKeys } from './prefix.js';
import type { KeySink } from './sink.js';
import { wordKeys } from './word.js';
import { wordPairKeys } from './word-pair.js';

/** Every kind of key; its place is its number in the lowest three bits of a key, so at most eight, and never reordered. */
export const KEY_KINDS: readonly KeyKind[] = [
  gtinKeys,
  brandCodeKeys,
  codeKeys,
  prefixKeys,
  wordKeys,
  wordPairKeys,
  gramKeys,
  bucketKeys,
];

/** Bits of the kinds that identify: GTIN, brand with code, code. */
export const IDENTIFIERS = 0b111;

/** Records that may share a live key of a kind. */
export function capOf(kind: number, settings: BlockingSettings): number {
  return (IDENTIFIERS & (1 << kind)) !== 0 ? settings.identifierCap : settings.cap;
}

const made = new WeakMap<Model, Buckets>();

function bucketsOf(model: Model): Buckets {
  let buckets = made.get(model);
  if (buckets === undefined) {
    buckets = new Buckets(model.blocking.buckets, model.blocking.bucketBits, model.embedding.dimensions);
    made.set(model, buckets);
  }
  return buckets;
}

/** Makes the keys of records of one store, one record after the other. */
export class KeyMaker {
  readonly #source: KeySource;
  readonly #seed: number;

  constructor(data: Weighted, model: Model) {
    this.#source = {
      data,
      row: 0,
      settings: model.blocking,
      rareWords: new Int32Array(256),
      rareCount: 0,
      embedding: new Float32Array(model.embedding.dimensions),
      buckets: bucketsOf(model),
    };
    this.#seed = model.embedding.seed;
  }

  /** Fills the sink with the keys of row `row`. */
  make(row: number, sink: KeySink): void {
    const source = this.#source;
    source.row = row;
    this.#sortWords();
    if (source.settings.buckets > 0) embedRow(source.data, row, this.#seed, source.embedding);
    sink.reset();
    for (let kind = 0; kind < KEY_KINDS.length; kind++) (KEY_KINDS[kind] as KeyKind).emit(source, kind, sink);
  }

  #sortWords(): void {
    const source = this.#source;
    const { tokens, words } = source.data.store;
    const { wordCounts, wordHashes } = source.data;
    const start = tokens.starts[source.row] as number;
    const n = (tokens.starts[source.row + 1] as number) - start;
    if (n > source.rareWords.length) source.rareWords = new Int32Array(n * 2);
    const order = source.rareWords;
    for (let i = 0; i < n; i++) {
      const word = tokens.data[start + i] as number;
      const count = wordCounts[word] as number;
      const hash = wordHashes[word] as number;
      let at = i;
      for (; at > 0; at--) {
        const other = order[at - 1] as number;
        const otherCount = wordCounts[other] as number;
        if (otherCount < count) break;
        if (otherCount === count) {
          const otherHash = wordHashes[other] as number;
          if (
            otherHash < hash ||
            (otherHash === hash && (words.texts[other] as string) < (words.texts[word] as string))
          )
            break;
        }
        order[at] = other;
      }
      order[at] = word;
    }
    source.rareCount = n;
  }
}
