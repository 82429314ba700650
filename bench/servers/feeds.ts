import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash32 } from '../../src/hash.js';
import { installationFolder } from '../../src/installation.js';
import { valuesOf } from '../serve-records.js';

/** One listing of product `n`; the same product and source give the same listing. */
export interface Listing {
  source: string;
  id: string;
  title: string;
  description: string;
  brand: string;
  model: string;
  gtin: string;
  price: string;
  colour: string;
  updatedAt: string;
}

/** Sources, and how many of a hundred products each lists. */
const SOURCES = [
  ['alpha', 80],
  ['beta', 70],
  ['gamma', 50],
] as const;
const COLUMNS = ['id', 'title', 'description', 'brand', 'model', 'gtin', 'price', 'colour', 'updatedAt'] as const;

/**
 * Listings of a made-up catalogue, some two of a product: alpha tells everything, beta in other words and half the time without
 * a GTIN, gamma with a letter missing and without codes. From product `from` on, until there are `records`.
 */
export function listingsFrom(from: number, records: number): { listings: Listing[]; next: number } {
  const listings: Listing[] = [];
  let n = from;
  for (; listings.length < records; n++) {
    for (const [at, [source, share]] of SOURCES.entries())
      if (hash32(`${n}`, 900 + at) % 100 < share && listings.length < records) listings.push(listingOf(n, source));
  }
  return { listings, next: n };
}

export function listingOf(n: number, source: string, version = 0): Listing {
  const values = valuesOf(n);
  const { brand = '', model = '', colour = '', description = '' } = values;
  const words = values.title.split(' ');
  const price = (values.price?.amount ?? 1) * (1 + (hash32(`${n}${source}`, 910) % 8) / 100) + version;
  const titles: Record<string, string> = {
    alpha: values.title,
    beta: `${words.slice(3).join(' ')} ${brand} ${model.replace('-', ' ')}`.toLowerCase(),
    gamma: `${brand} ${words.slice(2).join(' ')} ${model.replace('-', '')}`.replace(/(\p{L}{4})\p{L}(?=\p{L})/u, '$1'),
  };
  const gtin = values.gtins[0] ?? '';
  const tellsGtin = source === 'alpha' || (source === 'beta' && hash32(`${n}`, 911) % 2 === 0);
  return {
    source,
    id: String(n),
    title: titles[source] ?? values.title,
    description: source === 'gamma' ? '' : description,
    brand: source === 'gamma' ? '' : brand,
    model: source === 'gamma' ? '' : model,
    gtin: tellsGtin ? gtin : '',
    price: price.toFixed(2),
    colour,
    updatedAt: new Date(Date.UTC(2026, 0, 1) + version * 1000).toISOString(),
  };
}

/** A configuration folder with the three sources over CSV files. `partitions` of each topic; `more` lines of settings. */
export function writeConfig(folder: string, partitions: number, more = ''): string {
  const config = join(folder, 'config');
  for (const part of ['sources', 'contracts', 'models']) mkdirSync(join(config, part), { recursive: true });
  mkdirSync(join(folder, 'feeds'), { recursive: true });
  const model = join('config', 'models', 'general.json');
  copyFileSync(join(installationFolder(), model), join(folder, model));
  writeFileSync(
    join(config, 'assay.yaml'),
    `logging: {level: error}\nserver: {port: 0}\nlog: {partitions: ${partitions}}\n${more}`,
  );
  writeFileSync(join(config, 'contracts', 'rows.yaml'), CONTRACT);
  for (const [priority, [source]] of SOURCES.entries())
    writeFileSync(join(config, 'sources', `${source}.yaml`), sourceFile(source, priority));
  return config;
}

/** Puts listings into the feeds of their sources, in place of what was there. */
export function writeFeeds(folder: string, listings: readonly Listing[]): void {
  for (const [source] of SOURCES) {
    const rows = listings
      .filter((listing) => listing.source === source)
      .map((listing) => COLUMNS.map((column) => `"${listing[column]}"`).join(','));
    writeFileSync(join(folder, 'feeds', `${source}.csv`), `${[COLUMNS.join(','), ...rows].join('\n')}\n`);
  }
}

const CONTRACT = `fields:
${COLUMNS.map((column) => `  ${column}: {type: string, required: ${column === 'id' || column === 'title'}}`).join('\n')}
policy: {new_field: ignore, missing_field: ignore, retyped_field: ignore}
`;

const sourceFile = (source: string, priority: number): string => `connector: {type: csv, path: feeds/${source}.csv}
schedule: daily
contract: rows
priority: ${10 - priority}
unique: true
feed: delta
key: id
updated_at: updatedAt
mapping:
  title: title
  description: description
  brand: brand
  model: model
  gtin: gtin
  price: price
  currency: {const: EUR}
  colour: colour
`;
