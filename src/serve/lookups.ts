import type { Cache, CachedEntry } from '../platform/cache/port.js';
import type { Database } from '../platform/database/port.js';
import { codeKey, gtinKey, hasCode, recordKey } from './lookup-keys.js';
import type { Golden, Products } from './products.js';
import { goldenByCode, idsByGtin, idsByKey, readHorizon } from './products.sql.js';
import type { Product } from './schemas/index.js';

/** A question whose answer is a list of golden records. */
export interface Lookup {
  /** Of the cache; undefined: not cached. */
  key: string | undefined;
  /** The golden records' ids, in order. */
  read(database: Database): Promise<string[]>;
  /** Whether a golden record, as it is now, belongs to the answer. */
  holds(golden: Golden): boolean;
}

/** Lists longer than this are read anew each time. */
const MOST_CACHED = 20;

/** An answer that the cache is not to keep. */
class Uncached {
  constructor(readonly ids: string[]) {}
}

/**
 * Products by GTIN, by record, and by brand and code, through the cache: lists of golden ids under keys of their own.
 *
 * A list may be out of date in two ways. It names a golden record that no longer belongs to it: each one is held against the
 * golden record as the cache has it, which is as new as the newest golden event; where one does not hold, the list is read
 * anew. It lacks one that came to belong to it: the golden event of that one takes the key out of the cache, and a load
 * that began before is not taken in. For that its version is the oldest transaction under way when it was read: all before
 * it were seen.
 */
export class Lookups {
  readonly #database: Database;
  readonly #cache: Cache;
  readonly #products: Products;

  constructor(database: Database, cache: Cache, products: Products) {
    this.#database = database;
    this.#cache = cache;
    this.#products = products;
  }

  /** @throws AssayError PLATFORM_UNAVAILABLE when the database is away and the cache has no answer that holds. */
  async find(lookup: Lookup): Promise<Product[]> {
    const { key } = lookup;
    if (key === undefined) return this.#read(await lookup.read(this.#database));
    let list: CachedEntry<string[]>;
    try {
      list = await this.#list(key, lookup);
    } catch (error) {
      if (error instanceof Uncached) return this.#read(error.ids);
      throw error;
    }
    const { value, version, from, stale } = list;
    if (value === null) return [];
    const found = await this.#products.cached(value);
    if (found.every((golden) => golden !== undefined && lookup.holds(golden)))
      return found.map((golden) => (stale ? { ...golden!.product, stale } : golden!.product));
    // One that was just read is right, and the golden record in the cache is the older of the two.
    if (from !== 'load') await this.#cache.invalidate([{ key, version }]);
    return this.#read(await lookup.read(this.#database));
  }

  #list(key: string, lookup: Lookup): Promise<CachedEntry<string[]>> {
    return this.#cache.getOrLoad<string[]>(key, async () => {
      const { oldest } = await readHorizon(this.#database);
      const ids = await lookup.read(this.#database);
      if (ids.length > MOST_CACHED) throw new Uncached(ids);
      return { value: ids.length === 0 ? null : ids, version: oldest };
    });
  }

  async #read(ids: readonly string[]): Promise<Product[]> {
    return ids.length === 0 ? [] : (await this.#products.getAll(ids)).items;
  }
}

export function byGtin(gtin14: string): Lookup {
  return {
    key: gtinKey(gtin14),
    read: (database) => idsByGtin(database, gtin14),
    holds: ({ product }) => product.values.gtins.includes(gtin14),
  };
}

export function byRecord(source: string, sourceId: string): Lookup {
  return {
    key: recordKey({ source, sourceId }),
    read: (database) => idsByKey(database, source, sourceId),
    holds: ({ members = [] }) => members.some((member) => member.source === source && member.sourceId === sourceId),
  };
}

export function byCode(brand: string, code: string): Lookup {
  return {
    key: codeKey(brand, code),
    read: async (database) =>
      (await goldenByCode(database, code))
        .filter(({ values }) => hasCode(values, brand, code))
        .map((row) => row.golden_id),
    holds: ({ product }) => hasCode(product.values, brand, code),
  };
}
