import type { KeyKind } from './kind.js';

/** Buckets of near embedding vectors: candidates that share no word. */
export const bucketKeys: KeyKind = {
  name: 'embedding_bucket',
  emit({ buckets, embedding }, kind, sink) {
    for (let i = 0; i < buckets.count; i++) sink.put(kind, `${i}:${buckets.of(embedding, i)}`, 0.25);
  },
};
