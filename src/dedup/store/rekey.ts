import type { Sql } from '../../platform/database/port.js';
import type { CanonicalProduct } from '../../records.js';
import { type Model, weighedKeysOfAll } from '../index.js';
import type { Arrival } from './apply.js';
import * as sql from './apply.sql.js';
import { ridParam, toRid } from './rid.js';
import type { StoredSnapshot } from './snapshot.js';

/** A record that comes, goes, or changes in what keys and candidate lists read. */
export interface Rekeyed {
  arrival: Arrival;
  /** What it was; absent where it is new or was withdrawn. */
  before?: CanonicalProduct;
}

/** Of a key that cannot be told any more: more than all of a record's keys together. */
const UNKNOWN_WEIGHT = 32_767;

/** Publishes the records' new keys, and notes which they take up, keep and give up, for `expandMarks`. */
export async function rekey(
  tx: Sql,
  records: readonly Rekeyed[],
  model: Model,
  { snapshot }: StoredSnapshot,
): Promise<void> {
  const rids = records.map(({ arrival }) => arrival.rid);
  const published = new Map(rids.map((rid) => [rid, [] as string[]]));
  for (const row of await tx.query<{ rid: unknown; keys: string[] }>(sql.READ_KEYS, [ridParam(rids)]))
    published.set(toRid(row.rid), row.keys);
  const keysOf = (products: readonly (CanonicalProduct | undefined)[]): Map<string, number>[] => {
    const given = products.flatMap((product) => (product === undefined ? [] : [{ source: '', id: '', product }]));
    const made = weighedKeysOfAll(given, snapshot, model);
    return products.map((product) => {
      const keys = product === undefined ? [] : [...made.shift()!];
      return new Map(keys.map(([key, weight]) => [key.toString(), weight]));
    });
  };
  const before = keysOf(records.map((record) => record.before));
  const after = keysOf(records.map(({ arrival }) => arrival.record?.product));

  const gone = rids.filter((_, at) => records[at]!.arrival.record === undefined);
  if (gone.length > 0) await tx.query(sql.DELETE_KEYS, [ridParam(gone)]);
  const kept = rids.flatMap((rid, at) =>
    records[at]!.arrival.record === undefined ? [] : [{ rid, keys: after[at]! }],
  );
  if (kept.length > 0)
    await tx.query(sql.UPSERT_KEYS, [
      ridParam(kept.map(({ rid }) => rid)),
      kept.map(({ keys }) => [...keys.keys()].join(',')),
    ]);

  const notes = rids.map((rid, at) => {
    const [old, now] = [new Set(published.get(rid)), after[at]!];
    const keys = [...new Set([...old, ...now.keys()])];
    return {
      keys: keys.join(','),
      weights: keys.map((key) => now.get(key) ?? before[at]!.get(key) ?? UNKNOWN_WEIGHT).join(','),
      moves: keys.map((key) => Number(now.has(key)) - Number(old.has(key))).join(','),
    };
  });
  await tx.query(sql.NOTE_KEYS, [
    ridParam(rids),
    notes.map(({ keys }) => keys),
    notes.map(({ weights }) => weights),
    notes.map(({ moves }) => moves),
  ]);
}
