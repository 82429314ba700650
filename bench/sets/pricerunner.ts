import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { type LabelledSet, Numbering, plainProduct } from './set.js';

/** Titles of 306 shops in ten categories; a cluster holds at most one offer of a shop. */
export function pricerunner(data: string): LabelledSet {
  const records: LabelledSet['records'] = [];
  const clusters: number[] = [];
  const numbers = new Numbering();
  for (const { cells } of readCsv(join(data, 'pricerunner', 'products.csv'))) {
    records.push({
      source: cells.source as string,
      id: cells.id as string,
      product: plainProduct(cells.title as string),
    });
    clusters.push(numbers.of(cells.cluster_id as string));
  }
  const unique = new Set(records.map((record) => record.source));
  return { name: 'pricerunner', records, unique, clusters: Int32Array.from(clusters) };
}
