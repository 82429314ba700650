import { AssayError } from '../errors.js';
import type { Metrics } from '../observe/index.js';
import type { Cache, CachedEntry, CacheEntry } from '../platform/cache/port.js';
import type { Database } from '../platform/database/port.js';
import type { RecordKey } from '../records.js';
import { type GoldenRow, readGolden, readRedirects, readVersionAsOf, type VersionRow } from './products.sql.js';
import type { Product } from './schemas/index.js';

/** A golden record as the cache has it. */
export interface Golden {
  product: Product;
  /** Absent in what a version before wrote. */
  members?: RecordKey[];
}

/** What an id stands for. */
type Found = Golden | { redirect: string } | { retired: true };

/** Products of many ids, and the ids without one. */
export interface Many {
  items: Product[];
  missing: { id: string; reason: string }[];
}

/** More steps than a chain of merges has; what is longer is a circle. */
const MOST_REDIRECTS = 10;

/** Golden records by id, through the cache: its keys are golden ids, its versions theirs. */
export class Products {
  readonly #database: Database;
  readonly #cache: Cache;
  readonly #metrics: Metrics;
  readonly #away: () => boolean;

  /** @param away whether the database is known to be away: what the cache has is the last version known then */
  constructor(database: Database, cache: Cache, metrics: Metrics, away: () => boolean = () => false) {
    this.#database = database;
    this.#cache = cache;
    this.#metrics = metrics;
    this.#away = away;
  }

  /**
   * The product of an id; one that was merged leads to the product it is part of now.
   * @throws AssayError NOT_FOUND, or RETIRED when all its records were withdrawn.
   */
  async get(id: string): Promise<Product> {
    let current = id;
    let stale = false;
    for (let step = 0; step < MOST_REDIRECTS; step++) {
      const entry = await this.#lookUp(current);
      if (entry.stale === true) stale = true;
      const found = entry.value;
      if (found === null) break;
      if ('retired' in found) throw retired(id);
      if ('product' in found)
        return { ...found.product, ...(current === id ? {} : { redirectedFrom: id }), ...(stale ? { stale } : {}) };
      current = found.redirect;
    }
    throw notFound(id);
  }

  /** The golden records of ids through the cache, in order; undefined for one that was merged, retired or never was. */
  async cached(ids: readonly string[]): Promise<(Golden | undefined)[]> {
    return Promise.all(
      ids.map(async (id) => {
        const { value, stale } = await this.#lookUp(id);
        if (value === null || !('product' in value)) return undefined;
        return stale ? { ...value, product: { ...value.product, stale } } : value;
      }),
    );
  }

  /**
   * Products of many ids in two statements; while the database is away, from the cache, as far as that has all of them.
   * @throws AssayError PLATFORM_UNAVAILABLE when it has not.
   */
  async getAll(ids: readonly string[]): Promise<Many> {
    const wanted = [...new Set(ids)];
    try {
      return await this.#readAll(wanted);
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== 'PLATFORM_UNAVAILABLE') throw error;
      return this.#recall(wanted);
    }
  }

  async #recall(wanted: readonly string[]): Promise<Many> {
    const items: Product[] = [];
    const missing: Many['missing'] = [];
    for (const id of wanted)
      try {
        items.push(await this.get(id));
      } catch (error) {
        if (!(error instanceof AssayError) || (error.code !== 'NOT_FOUND' && error.code !== 'RETIRED')) throw error;
        missing.push({ id, reason: error.code === 'RETIRED' ? 'retired' : 'not_found' });
      }
    return { items, missing };
  }

  async #readAll(wanted: readonly string[]): Promise<Many> {
    const products = new Map((await readGolden(this.#database, wanted)).map((row) => [row.golden_id, toProduct(row)]));
    const target = new Map<string, string | null>();
    let open = wanted.filter((id) => !products.has(id));
    for (let step = 0; open.length > 0 && step < MOST_REDIRECTS; step++) {
      const redirects = await readRedirects(this.#database, open);
      for (const { old_id, new_id } of redirects) target.set(old_id, new_id);
      const next = redirects.flatMap((row) => row.new_id ?? []).filter((id) => !products.has(id));
      for (const row of await readGolden(this.#database, next)) products.set(row.golden_id, toProduct(row));
      open = next.filter((id) => !products.has(id) && !target.has(id));
    }
    const items: Product[] = [];
    const missing: Many['missing'] = [];
    for (const id of wanted) {
      let end: string | null | undefined = id;
      while (end && !products.has(end)) end = target.get(end);
      const product = end ? products.get(end) : undefined;
      if (product) items.push(end === id ? product : { ...product, redirectedFrom: id });
      else missing.push({ id, reason: end === null ? 'retired' : 'not_found' });
    }
    return { items, missing };
  }

  /** The product as it was at a time. @throws AssayError NOT_FOUND when the id had no version then. */
  async getAsOf(id: string, time: string): Promise<Product> {
    const row = await readVersionAsOf(this.#database, id, time);
    if (!row) throw new AssayError('NOT_FOUND', `There was no product with the id "${id}" at ${time}.`);
    return toVersion(row);
  }

  async #lookUp(id: string): Promise<CachedEntry<Found>> {
    const entry = await this.#cache.getOrLoad<Found>(id, () => this.#load(id));
    this.#metrics.countLookup(entry.from === 'load' ? 'miss' : 'hit');
    return entry.from !== 'load' && this.#away() ? { ...entry, stale: true } : entry;
  }

  async #load(id: string): Promise<CacheEntry<Found>> {
    const [row] = await readGolden(this.#database, [id]);
    if (row) return { value: { product: toProduct(row), members: row.members }, version: Number(row.version) };
    // Version 0: whatever is known of a living record of this id is newer.
    const [redirect] = await readRedirects(this.#database, [id]);
    if (!redirect) return { value: null, version: 0 };
    return { value: redirect.new_id === null ? { retired: true } : { redirect: redirect.new_id }, version: 0 };
  }
}

export function toProduct(row: GoldenRow): Product {
  const self = `/v1/products/${encodeURIComponent(row.golden_id)}`;
  return {
    goldenId: row.golden_id,
    version: Number(row.version),
    values: row.values,
    sources: row.sources,
    memberCount: row.members.length,
    quality: row.quality,
    validFrom: new Date(row.valid_from).toISOString(),
    links: { self, history: `${self}/history`, members: `${self}/members`, lineage: `${self}/lineage` },
  };
}

function toVersion(row: VersionRow): Product {
  const sources = [...new Set(row.members.map((member) => member.source))];
  const validTo = row.valid_to === null ? {} : { validTo: new Date(row.valid_to).toISOString() };
  return { ...toProduct({ ...row, sources }), ...validTo };
}

export function notFound(id: string): AssayError {
  return new AssayError('NOT_FOUND', `There is no product with the id "${id}".`);
}

function retired(id: string): AssayError {
  return new AssayError('RETIRED', `The product "${id}" is retired: all its records were withdrawn or removed.`, {
    details: { links: { history: `/v1/products/${encodeURIComponent(id)}/history` } },
  });
}
