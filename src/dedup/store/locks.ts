import type { Sql } from '../../platform/database/port.js';

/**
 * Advisory locks of transactions, released by their end or the death of their connection. What is locked in rows is
 * locked in this order: source_record, block_key, dirty, edge, dirty_component, and in each by id. So no two transactions
 * wait for each other in a circle.
 */
const number = (name: string): string => `hashtext(current_schema() || ' assay ${name}')`;

/** A snapshot of a million records keeps others waiting for some minutes. */
const PATIENCE = `set_config('lock_timeout', '15min', true)`;

const SHARE_SNAPSHOT = `select ${PATIENCE}, pg_advisory_xact_lock_shared(${number('snapshot')}, 0)`;
const OWN_SNAPSHOT = `select ${PATIENCE}, pg_advisory_xact_lock(${number('snapshot')}, 0)`;
const CURRENT_ID = `select id from corpus_snapshot where current limit 1`;
const TRY_EXPAND = `select pg_try_advisory_xact_lock(${number('expand')}, 0) as taken`;

/** SQL that takes the locks of those chunks of marks that nobody has, of `$1::bigint[]`. */
export const tryChunks = (table: string): string => `
  select chunk from unnest($1::bigint[]) as c(chunk)
  where pg_try_advisory_xact_lock(${number(table)}, (chunk & 2147483647)::int)`;

/** The snapshot in force is another one than the caller works with: load it and begin anew. */
export class SnapshotMoved extends Error {
  constructor() {
    super('another corpus snapshot is in force');
    this.name = 'SnapshotMoved';
  }
}

/**
 * Holds the snapshot in force for the transaction: keys and scores of two snapshots never stand side by side.
 *
 * @param id what the caller works with; undefined: it found none
 * @throws SnapshotMoved
 */
export async function holdSnapshot(tx: Sql, id: string | undefined): Promise<void> {
  await tx.query(SHARE_SNAPSHOT);
  // A statement of its own: it sees what was committed while the lock was waited for.
  const [row] = await tx.query<{ id: string }>(CURRENT_ID);
  if (row?.id !== id) throw new SnapshotMoved();
}

/** Waits until nobody applies, expands or scores, and keeps them out until the transaction ends; returns the id in force. */
export async function stopEveryone(tx: Sql): Promise<string | undefined> {
  await tx.query(OWN_SNAPSHOT);
  const [row] = await tx.query<{ id: string }>(CURRENT_ID);
  return row?.id;
}

export async function tryExpand(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(TRY_EXPAND);
  return row?.taken === true;
}
