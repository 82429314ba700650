import type { CanonicalProduct } from '../records.js';

/** What the matcher reads of a record. A CanonicalRecord is one. */
export interface MatchRecord {
  source: string;
  id: string;
  product: CanonicalProduct;
}
