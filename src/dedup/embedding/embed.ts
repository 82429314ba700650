import type { CanonicalProduct } from '../../records.js';
import { EncodedStore, encodeRecord } from '../encode/index.js';
import type { Snapshot } from '../snapshot/index.js';
import { Weighted } from '../weighted.js';
import { embedRow } from './vector.js';

/** Dimensions of the vectors that are stored with golden records; the store's column has this width. */
export const STORED_DIMENSIONS = 64;
const STORED_SEED = 1;

/** The vector of a product, length 1 (all zero when it has no words). A function of product and snapshot alone. */
export function embed(product: CanonicalProduct, snapshot: Snapshot): Float32Array {
  const store = new EncodedStore();
  store.add(encodeRecord(product));
  const vector = new Float32Array(STORED_DIMENSIONS);
  embedRow(new Weighted(store, snapshot), 0, STORED_SEED, vector);
  return vector;
}
