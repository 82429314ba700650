/** Hashed n-gram vectors: deterministic, no download. */

export { Buckets } from './buckets.js';
export { embed, STORED_DIMENSIONS } from './embed.js';
export { cosine, embedRow } from './vector.js';
