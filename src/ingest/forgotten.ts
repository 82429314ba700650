import type { Database } from '../platform/database/port.js';

/** Records that were removed for good: what a feed still says of them is dropped. */
export class Forgotten {
  readonly #keys = new Set<string>();
  readonly halves: [high: number, low: number][] = [];

  constructor(rids: Iterable<bigint>) {
    for (const rid of rids) {
      const [high, low] = [Number(rid >> 32n), Number(rid & 0xffffffffn)];
      this.#keys.add(`${high}:${low}`);
      this.halves.push([high, low]);
    }
  }

  /** By the halves of the record's id, which are those of its key's fingerprint. */
  has(high: number, low: number): boolean {
    return this.halves.length > 0 && this.#keys.has(`${high}:${low}`);
  }
}

export async function readForgotten(database: Database): Promise<Forgotten> {
  const rows = await database.query<{ rid: string }>('select rid::text as rid from forgotten order by rid');
  return new Forgotten(rows.map(({ rid }) => BigInt(rid)));
}
