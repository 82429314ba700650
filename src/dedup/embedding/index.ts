/** Hashed n-gram vectors: deterministic, no download. */
export { embed, STORED_DIMENSIONS } from './embed.js';
export { bucketOf, cosine, embedRow } from './vector.js';
