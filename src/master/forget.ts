import { ridOf, stopEveryone } from '../dedup/store/index.js';
import type { Database } from '../platform/database/port.js';
import * as sql from './forget.sql.js';
import { ENQUEUE, FORWARD_REDIRECTS, REDIRECT } from './resolve.sql.js';

export interface Forgotten {
  /** It was in the store. */
  found: boolean;
  goldenId: string | null;
}

/**
 * Removes a record from the store for good: its row, keys, edges, dead letters, decisions and changes, and marks what has
 * to be resolved again. Its id stays in `forgotten`, so that a feed that still lists it cannot bring it back. History that
 * holds its values is removed by `forgetHistory` once its cluster was resolved again.
 */
export async function forgetRecord(database: Database, source: string, sourceId: string): Promise<Forgotten> {
  const rid = ridOf(source, sourceId).toString();
  return database.transaction(async (tx) => {
    // Nobody may bring it back, mark it or write an edge of it meanwhile.
    await stopEveryone(tx);
    const [row] = await tx.query<{ golden_id: string | null }>(sql.FIND, [rid]);
    await tx.query(sql.REMEMBER, [rid]);
    for (const statement of sql.DELETE_BY_NAME) await tx.query(statement, [source, sourceId]);
    if (row === undefined) return { found: false, goldenId: null };
    await tx.query(sql.MARK_SHARERS_OF, [rid]);
    if (row.golden_id !== null) await tx.query(sql.MARK_HOUSEMATES, [rid, row.golden_id]);
    for (const statement of sql.DELETE_RECORD) await tx.query(statement, [rid]);
    if (row.golden_id !== null && (await tx.query(sql.RETIRE_EMPTY, [row.golden_id])).length > 0) {
      await tx.query(FORWARD_REDIRECTS, [[row.golden_id], [null]]);
      await tx.query(REDIRECT, [[row.golden_id], [null], ['forgotten']]);
      await tx.query(ENQUEUE, [[row.golden_id], [0], ['retired']]);
    }
    return { found: true, goldenId: row.golden_id };
  });
}

/** Removes every superseded version that the record was part of; returns the golden ids that had one. */
export async function forgetHistory(database: Database, source: string, sourceId: string): Promise<string[]> {
  const rows = await database.query<{ golden_id: string }>(sql.DELETE_HISTORY, [
    JSON.stringify([{ source, sourceId }]),
  ]);
  return [...new Set(rows.map((row) => row.golden_id))].sort();
}
