import { canonicalJson } from '../../canonical-json.js';
import { hashHex } from '../../hash.js';
import type { Database, Sql } from '../../platform/database/port.js';
import {
  blockingKeysOfAll,
  decodeSnapshot,
  encodeSnapshot,
  type Model,
  type Snapshot,
  SnapshotTaker,
} from '../index.js';
import { liveRecords } from './corpus.js';
import * as sql from './snapshot.sql.js';

export interface StoredSnapshot {
  id: string;
  /** `modelId` of the model it was taken for: keys depend on both. */
  model: string;
  /** Records it was taken from. */
  records: number;
  snapshot: Snapshot;
}

const ids = new WeakMap<Model, string>();

/** A model's name and the fingerprint of all it says. */
export function modelId(model: Model): string {
  let id = ids.get(model);
  if (id === undefined) {
    id = `${model.name}@${hashHex(canonicalJson(model))}`;
    ids.set(model, id);
  }
  return id;
}

/** The snapshot in force, or undefined before the first one was taken. */
export async function currentSnapshot(database: Sql): Promise<StoredSnapshot | undefined> {
  const [row] = await database.query<{ id: string; model: string; records: number; payload: Uint8Array }>(
    sql.CURRENT_SNAPSHOT,
  );
  return row && { id: row.id, model: row.model, records: row.records, snapshot: decodeSnapshot(row.payload) };
}

/**
 * Takes a snapshot of the live records, publishes every record's keys under it, and marks everything for rescoring, in
 * one transaction: there is no moment at which keys of two snapshots stand side by side. Records are read twice, once to
 * count and once to make keys, because all of them at once would not stay small.
 */
export async function refreshSnapshot(database: Database, model: Model): Promise<StoredSnapshot> {
  const taker = new SnapshotTaker();
  let records = 0;
  for await (const batch of liveRecords(database)) {
    for (const record of batch) taker.add(record);
    records += batch.length;
  }
  const snapshot = taker.take();
  const keys: [string, string][] = [];
  for await (const batch of liveRecords(database)) {
    const made = blockingKeysOfAll(batch, snapshot, model);
    batch.forEach((record, at) => {
      keys.push([record.rid.toString(), `{${made[at]!.join(',')}}`]);
    });
  }
  const payload = Buffer.from(encodeSnapshot(snapshot)).toString('base64');
  const id = hashHex(`${modelId(model)}:${payload}`);
  await database.transaction(async (tx) => {
    await tx.query(sql.RETIRE_SNAPSHOTS);
    await tx.query(sql.INSERT_SNAPSHOT, [id, modelId(model), records, payload]);
    await tx.query('truncate block_key');
    await tx.query('drop index if exists block_key_keys');
    await tx.copyIn('block_key', ['rid', 'keys'], keys);
    // The index of 100,000 records' keys does not fit into the default 64 MB, and is then built in many small merges.
    await tx.query(`set local maintenance_work_mem = '512MB'`);
    await tx.query('create index if not exists block_key_keys on block_key using gin (keys)');
    await tx.query(sql.MARK_EVERYTHING);
  });
  return { id, model: modelId(model), records, snapshot };
}

export async function liveCount(database: Sql): Promise<number> {
  const [row] = await database.query<{ n: number }>(sql.COUNT_LIVE);
  return row?.n ?? 0;
}
