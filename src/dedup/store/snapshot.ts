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
import { type StoredMatchRecord, toRecord } from './corpus.js';
import { FORGET_NOTED } from './expand.sql.js';
import { stopEveryone } from './locks.js';
import { MARK_EVERYTHING } from './marks.sql.js';
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

const loaded = new WeakMap<Sql, StoredSnapshot>();

/** The snapshot in force, or undefined before the first one was taken. It is read again only when it is another one. */
export async function currentSnapshot(database: Sql): Promise<StoredSnapshot | undefined> {
  const known = loaded.get(database);
  if (known !== undefined) {
    const [now] = await database.query<{ id: string }>(sql.CURRENT_ID);
    if (now?.id === known.id) return known;
  }
  const [row] = await database.query<{ id: string; model: string; records: number; payload: Uint8Array }>(
    sql.CURRENT_SNAPSHOT,
  );
  if (row === undefined) return undefined;
  const stored = { id: row.id, model: row.model, records: row.records, snapshot: decodeSnapshot(row.payload) };
  loaded.set(database, stored);
  return stored;
}

/**
 * Takes a snapshot of the live records, publishes every record's keys under it, and marks everything for rescoring, in
 * one transaction that keeps everyone else from applying, expanding and scoring: there is no moment at which keys of two
 * snapshots stand side by side. Records are read twice, once to count and once to make keys, because all of them at once
 * would not stay small.
 *
 * @param instead the snapshot it shall replace (null: the first). Where another one for the same model came in its place
 *   meanwhile, that one is returned and nothing is done; so several processes may ask at once. Absent: whichever is there.
 */
export async function refreshSnapshot(
  database: Database,
  model: Model,
  instead?: { id: string } | null,
): Promise<StoredSnapshot> {
  const taken = await database.transaction(async (tx) => {
    const current = await stopEveryone(tx);
    if (instead !== undefined && current !== undefined && current !== instead?.id) {
      const stored = await currentSnapshot(tx);
      if (stored?.model === modelId(model)) return stored;
    }
    const taker = new SnapshotTaker();
    let records = 0;
    for await (const batch of heldRecords(tx)) {
      for (const record of batch) taker.add(record);
      records += batch.length;
    }
    const snapshot = taker.take();
    const payload = Buffer.from(encodeSnapshot(snapshot)).toString('base64');
    const id = hashHex(`${modelId(model)}:${payload}`);
    for (const statement of sql.NEW_KEYS) await tx.query(statement);
    for await (const batch of heldRecords(tx)) {
      const keys = blockingKeysOfAll(batch, snapshot, model);
      await tx.copyIn(
        'block_key_next',
        ['rid', 'keys'],
        batch.map((record, at) => [record.rid, `{${keys[at]!.join(',')}}`]),
      );
    }
    for (const statement of sql.PUBLISH_KEYS) await tx.query(statement);
    await tx.query(sql.RETIRE_SNAPSHOTS);
    await tx.query(sql.INSERT_SNAPSHOT, [id, modelId(model), records, payload]);
    // Entries of older keys: everything is marked anyway.
    await tx.query(FORGET_NOTED);
    await tx.query(MARK_EVERYTHING);
    return { id, model: modelId(model), records, snapshot };
  });
  loaded.set(database, taken);
  return taken;
}

/** Like `liveRecords`, inside a transaction. */
async function* heldRecords(tx: Sql): AsyncGenerator<StoredMatchRecord[]> {
  await tx.query(`declare held_records no scroll cursor for ${sql.LIVE_RECORDS}`);
  for (;;) {
    const rows = await tx.query<Parameters<typeof toRecord>[0]>('fetch 2000 from held_records');
    if (rows.length === 0) break;
    yield rows.map(toRecord);
  }
  await tx.query('close held_records');
}

export async function liveCount(database: Sql): Promise<number> {
  const [row] = await database.query<{ n: number }>(sql.COUNT_LIVE);
  return row?.n ?? 0;
}

/** About how many records are live: for choices between two ways that come to the same. */
export async function liveEstimate(database: Sql): Promise<number> {
  const [row] = await database.query<{ n: number }>(sql.ESTIMATE_LIVE);
  return row?.n ?? 0;
}
