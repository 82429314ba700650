import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';
import type { CanonicalEvent } from './canonical.js';
import { type Catalogue, catalogue } from './catalogue.js';
import { shuffled } from './seeded.js';

/**
 * A configuration folder with three CSV sources over a made-up catalogue: what a process needs to run the pipeline on
 * feeds of a few hundred records. `showDay` puts another day's feeds in place.
 */
export class SmallWorld {
  readonly config: string;
  readonly data: string;
  readonly #world: Catalogue;

  constructor(
    readonly folder: string,
    seed: number,
    products?: number,
    /** Another order of the feeds' rows, and other batch sizes, by this seed. */
    readonly order?: number,
    /** Without patience workers meet each other at every step. */
    patience = '0s',
  ) {
    this.config = join(folder, 'config');
    this.data = join(folder, 'data');
    this.#world = catalogue(seed, products);
    mkdirSync(join(this.config, 'sources'), { recursive: true });
    mkdirSync(join(this.config, 'contracts'), { recursive: true });
    mkdirSync(join(folder, 'feeds'), { recursive: true });
    // A model of its own: two runs that are compared must not see it change between them.
    mkdirSync(join(this.config, 'models'), { recursive: true });
    copyFileSync(
      join(installationFolder(), 'config', 'models', 'general.json'),
      join(this.config, 'models', 'general.json'),
    );
    const [ingest, matching] =
      order === undefined ? ['', ''] : [`ingest: {batch: ${20 + order}}\n`, `, batch: ${10 + order}`];
    write(
      join(this.config, 'assay.yaml'),
      `logging: {level: error}\nserver: {port: 0}\n${ingest}matching: {patience: ${patience}${matching}}\n`,
    );
    write(join(this.config, 'contracts', 'rows.yaml'), CONTRACT);
    SOURCES.forEach((source, priority) => {
      write(join(this.config, 'sources', `${source}.yaml`), sourceFile(source, priority));
    });
    this.showDay(1);
  }

  showDay(day: 1 | 2): void {
    const now = new Map<string, CanonicalEvent>();
    const events = day === 1 ? this.#world.base : [...this.#world.base, ...this.#world.changes];
    for (const event of events) now.set(`${event.source}/${event.id}`, event);
    for (const source of SOURCES) {
      const listed = [...now.values()].filter((event) => event.source === source && event.product !== undefined);
      const rows =
        this.order === undefined ? listed : shuffled(listed, this.order, ({ source, id }) => `${source}/${id}`);
      const lines = rows.map(({ id, timestamp, product }) =>
        [
          id,
          product!.title,
          product!.brand,
          product!.model,
          product!.gtins[0],
          product!.price?.amount,
          product!.colour,
          new Date(timestamp * 1000).toISOString(),
        ]
          .map((cell) => `"${cell ?? ''}"`)
          .join(','),
      );
      // A row that cannot be mapped, so that dead letters are among what is compared.
      lines.push('"broken","","","","","1","",""');
      write(join(this.folder, 'feeds', `${source}.csv`), `${HEAD}\n${lines.join('\n')}\n`);
    }
  }
}

const SOURCES = ['alpha', 'beta', 'gamma'];
const HEAD = 'id,title,brand,model,gtin,price,colour,updated_at';

const write = (file: string, text: string): void => writeFileSync(file, text);

const CONTRACT = `fields:
  id: {type: string, required: true}
  title: {type: string}
  brand: {type: string}
  model: {type: string}
  gtin: {type: string}
  price: {type: string}
  colour: {type: string}
  updated_at: {type: string}
policy: {new_field: ignore, missing_field: ignore, retyped_field: ignore}
`;

const sourceFile = (source: string, priority: number): string => `connector: {type: csv, path: feeds/${source}.csv}
schedule: daily
contract: rows
priority: ${priority}
unique: ${source === 'alpha'}
feed: full
withdraw: {policy: withdraw, max_share: 0.9}
key: id
updated_at: updated_at
mapping:
  title: title
  brand: brand
  model: model
  gtin: gtin
  price: price
  currency: {const: EUR}
  colour: colour
`;
