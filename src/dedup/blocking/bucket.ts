import { bucketOf } from '../embedding/index.js';
import type { KeyKind } from './kind.js';

/** Buckets of near embedding vectors: candidates that share no word. */
export const bucketKeys: KeyKind = {
  name: 'embedding_bucket',
  emit({ settings, embedding }, kind, sink) {
    for (let i = 0; i < settings.buckets; i++)
      sink.put(kind, `${i}:${bucketOf(embedding, i, settings.bucketBits)}`, 0.25);
  },
};
