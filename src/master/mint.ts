import type { Sql } from '../platform/database/port.js';
import { mintId } from './identity.js';
import { LAST_VERSIONS, TAKEN_IDS } from './resolve.sql.js';
import type { GoldenWrite } from './write.js';

/**
 * Gives every new golden record an id minted from its smallest record key, the next one while an id is another product's.
 * An id that had retired comes back with its version counting on. Works in key order, so that two clusters that want the
 * same id get theirs in a fixed order.
 */
export async function mintIds(tx: Sql, fresh: readonly { key: string; write: GoldenWrite }[]): Promise<void> {
  const given = new Set<string>();
  let waiting = [...fresh];
  for (let attempt = 0; waiting.length > 0; attempt++) {
    const ids = waiting.map(({ key }) => mintId(key, attempt));
    const taken = new Set((await tx.query<{ id: string }>(TAKEN_IDS, [ids])).map((row) => row.id));
    const last = new Map(
      (await tx.query<{ golden_id: string; version: number }>(LAST_VERSIONS, [ids])).map((row) => [
        row.golden_id,
        Number(row.version),
      ]),
    );
    const again: typeof waiting = [];
    waiting.forEach((item, index) => {
      const id = ids[index]!;
      if (taken.has(id) || given.has(id)) {
        again.push(item);
        return;
      }
      given.add(id);
      item.write.goldenId = id;
      item.write.version = (last.get(id) ?? 0) + 1;
    });
    waiting = again;
  }
}
