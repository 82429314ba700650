import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { parsePrice, parseQuantity } from '../../src/harmonize/normalisers/index.js';
import { type LabelledSet, Numbering, plainProduct } from './set.js';

const CHAINS = ['carrefour', 'hazi-hinam', 'osher-ad', 'rami-levy', 'shufersal', 'victory', 'yohananof'];
const UNKNOWN = new Set(['', 'לא ידוע', 'לא', '0']);

/** Groceries of seven chains in Hebrew. Barcodes make the truth and are hidden from the matcher. */
export function supermarkets(data: string): LabelledSet {
  const folder = join(data, 'israel-supermarkets-gtin');
  const numbers = new Numbering();
  const clusterOf = new Map<string, number>();
  for (const { cells } of readCsv(join(folder, 'clusters_by_gtin.csv.gz')))
    clusterOf.set(cells.id as string, numbers.of(cells.cluster_id as string));
  const records: LabelledSet['records'] = [];
  const clusters: number[] = [];
  for (const chain of CHAINS)
    for (const { cells } of readCsv(join(folder, 'sources', `${chain}.csv.gz`))) {
      const id = cells.id as string;
      const cluster = clusterOf.get(id);
      // A product of one chain only has no partner; enough of them stay as bystanders.
      if (cluster === undefined && records.length % 3 !== 0) continue;
      const product = plainProduct(cells.name as string);
      if (!UNKNOWN.has(cells.manufacturer as string)) product.brand = cells.manufacturer as string;
      const price = parsePrice(cells.price_ils as string);
      if (price !== undefined) product.price = price;
      const quantity = parseQuantity(`${cells.quantity} ${cells.unit_qty}`);
      if (quantity !== undefined) product.quantity = quantity;
      records.push({ source: chain, id, product });
      clusters.push(cluster ?? -2 - records.length);
    }
  return { name: 'israel-supermarkets', records, unique: new Set(CHAINS), clusters: Int32Array.from(clusters) };
}
