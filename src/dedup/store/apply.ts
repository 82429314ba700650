import { AssayError } from '../../errors.js';
import { hash63 } from '../../hash.js';
import { Counters } from '../../observe/counters.js';
import type { Database, Sql } from '../../platform/database/port.js';
import type { LogBatch } from '../../platform/log/port.js';
import { type CanonicalProduct, type CanonicalRecord, parseKeyText } from '../../records.js';
import { blockingFingerprint, type Model } from '../index.js';
import * as sql from './apply.sql.js';
import { holdSnapshot } from './locks.js';
import { MARK_COMPONENTS, MARK_RECORDS } from './marks.sql.js';
import { type Rekeyed, rekey } from './rekey.js';
import { inOrder, ridOf, ridParam, toRid } from './rid.js';
import type { StoredSnapshot } from './snapshot.js';

export const DEDUP_CONSUMER = 'dedup';

export interface ApplyContext {
  database: Database;
  counters: Counters;
  model: Model;
  /** The snapshot in force. Absent before the first one: keys are published when it is taken. */
  snapshot?: StoredSnapshot | undefined;
  runId: number;
}

export interface Arrival {
  rid: bigint;
  source: string;
  sourceId: string;
  offset: number;
  /** Absent: the record is withdrawn. */
  record?: CanonicalRecord;
  hash: bigint;
}

interface StoredRow {
  rid: bigint;
  source: string;
  source_id: string;
  version_ts: number;
  version_offset: number;
  content_hash: bigint;
  withdrawn: boolean;
  golden_id: string | null;
  product: CanonicalProduct;
}

interface Change {
  kind: 'price_change';
  goldenId: string;
  source: string;
  sourceId: string;
  before: unknown;
  after: unknown;
}

/**
 * Applies one batch of the `canonical` topic to the store, exactly once: the consumer's offset advances in the same
 * transaction, by compare-and-set.
 *
 * A version of the log position wins over an older one (source timestamp, then offset); a tombstone wins over everything
 * before it. Equal content only moves the version. What changed is marked: the record, its component, and, where its
 * blocking keys or what candidate lists read of it changed, its keys before and after are noted for `expandMarks`.
 *
 * @returns how many records changed
 * @throws AssayError OFFSET_CONFLICT when another worker applied the batch
 * @throws SnapshotMoved when another snapshot is in force than the context's
 */
export async function applyBatch(batch: LogBatch, context: ApplyContext): Promise<number> {
  const received = new Counters();
  const arrivals = newestArrivals(batch, received);
  const { changed, counted } = await context.database.transaction(async (tx) => {
    // A transaction may be tried again, or come to nothing: what it counts is counted when it is committed.
    const counted = new Counters();
    counted.addAll(received);
    return { changed: await applyWithin(tx, batch, arrivals, { ...context, counters: counted }), counted };
  });
  context.counters.addAll(counted);
  return changed;
}

async function applyWithin(
  tx: Sql,
  batch: LogBatch,
  arrivals: readonly Arrival[],
  context: ApplyContext,
): Promise<number> {
  await holdSnapshot(tx, context.snapshot?.id);
  const { topic, partition, firstOffset, nextOffset } = batch;
  const advanced = await tx.query(sql.ADVANCE_OFFSET, [DEDUP_CONSUMER, topic, partition, firstOffset, nextOffset]);
  if (advanced.length === 0)
    throw new AssayError('OFFSET_CONFLICT', `${topic}/${partition} was applied beyond ${firstOffset}`);
  const wanted = await withoutForgotten(tx, arrivals, context.counters);
  if (wanted.length === 0) return 0;
  const stored = await lockRecords(tx, wanted);
  const plan = decide(wanted, stored, context);
  await write(tx, plan, context);
  return plan.upserts.length;
}

/** Where the store's copy of a partition ends: the next offset to read. */
export async function appliedOffset(database: Sql, topic: string, partition: number): Promise<number | undefined> {
  const rows = await database.query<{ next_offset: number }>(sql.READ_OFFSET, [DEDUP_CONSUMER, topic, partition]);
  return rows[0] === undefined ? undefined : Number(rows[0].next_offset);
}

function newestArrivals(batch: LogBatch, counters: Counters): Arrival[] {
  const newest = new Map<string, Arrival>();
  for (const message of batch.messages) {
    const { source, sourceId } = parseKeyText(message.key);
    counters.add('dedup', source, 'received');
    const arrival: Arrival = { rid: ridOf(source, sourceId), source, sourceId, offset: message.offset, hash: 0n };
    if (message.value !== null) {
      arrival.record = JSON.parse(message.value) as CanonicalRecord;
      arrival.hash = hash63(JSON.stringify(arrival.record.product));
    }
    const before = newest.get(message.key);
    if (before !== undefined) {
      counters.add('dedup', source, 'dropped:older_version');
      if (
        arrival.record !== undefined &&
        before.record !== undefined &&
        isOlder(arrival, before.record.version.timestamp)
      )
        continue;
    }
    newest.set(message.key, arrival);
  }
  return inOrder([...newest.values()], (arrival) => arrival.rid);
}

/** Later arrivals of a key have greater offsets, so only the source's own timestamp can make one older. */
function isOlder(arrival: Arrival, timestamp: number): boolean {
  return arrival.record !== undefined && arrival.record.version.timestamp < timestamp;
}

async function withoutForgotten(
  tx: Sql,
  arrivals: readonly Arrival[],
  counters: Counters,
): Promise<readonly Arrival[]> {
  if (arrivals.length === 0) return arrivals;
  const rows = await tx.query<{ rid: unknown }>(sql.READ_FORGOTTEN, [ridParam(arrivals.map((a) => a.rid))]);
  if (rows.length === 0) return arrivals;
  const forgotten = new Set(rows.map((row) => toRid(row.rid)));
  return arrivals.filter((arrival) => {
    if (!forgotten.has(arrival.rid)) return true;
    counters.add('dedup', arrival.source, 'dropped:forgotten');
    return false;
  });
}

async function lockRecords(tx: Sql, arrivals: readonly Arrival[]): Promise<Map<bigint, StoredRow>> {
  const rows = await tx.query<StoredRow>(sql.LOCK_RECORDS, [ridParam(arrivals.map((a) => a.rid))]);
  return new Map(rows.map((row) => [toRid(row.rid), row]));
}

interface Plan {
  upserts: { arrival: Arrival; product: CanonicalProduct; timestamp: number; withdrawn: boolean }[];
  touched: { rid: bigint; timestamp: number; offset: number }[];
  /** Records whose candidate list or competitors may read differently. */
  rekeyed: Rekeyed[];
  changes: Change[];
}

function decide(arrivals: readonly Arrival[], stored: ReadonlyMap<bigint, StoredRow>, context: ApplyContext): Plan {
  const { counters } = context;
  const plan: Plan = { upserts: [], touched: [], rekeyed: [], changes: [] };
  for (const arrival of arrivals) {
    const { source, record } = arrival;
    const row = stored.get(arrival.rid);
    if (row !== undefined && (row.source !== source || row.source_id !== arrival.sourceId))
      throw new AssayError(
        'INTERNAL',
        `Records ${row.source}/${row.source_id} and ${source}/${arrival.sourceId} share an id`,
      );
    if (record === undefined) {
      if (row === undefined || row.withdrawn) {
        counters.add('dedup', source, 'dropped:unchanged');
        continue;
      }
      counters.add('dedup', source, 'withdrawn');
      plan.upserts.push({ arrival, product: row.product, timestamp: Number(row.version_ts), withdrawn: true });
      plan.rekeyed.push({ arrival, before: row.product });
      continue;
    }
    const timestamp = record.version.timestamp;
    if (row !== undefined && !row.withdrawn) {
      const storedTimestamp = Number(row.version_ts);
      if (
        timestamp < storedTimestamp ||
        (timestamp === storedTimestamp && arrival.offset < Number(row.version_offset))
      ) {
        counters.add('dedup', source, 'dropped:older_version');
        continue;
      }
      if (toRid(row.content_hash) === arrival.hash) {
        counters.add('dedup', source, 'dropped:unchanged');
        plan.touched.push({ rid: arrival.rid, timestamp, offset: arrival.offset });
        continue;
      }
    }
    counters.add('dedup', source, 'applied');
    plan.upserts.push({ arrival, product: record.product, timestamp, withdrawn: false });
    if (row === undefined || row.withdrawn) plan.rekeyed.push({ arrival });
    else {
      if (blockingFingerprint(row.product) !== blockingFingerprint(record.product))
        plan.rekeyed.push({ arrival, before: row.product });
      const before = row.product.price;
      const after = record.product.price;
      if (before?.amount !== after?.amount || before?.currency !== after?.currency)
        plan.changes.push({
          kind: 'price_change',
          goldenId: row.golden_id ?? '',
          source,
          sourceId: arrival.sourceId,
          before: before ?? null,
          after: after ?? null,
        });
    }
  }
  return plan;
}

async function write(tx: Sql, plan: Plan, context: ApplyContext): Promise<void> {
  const { upserts, touched, rekeyed, changes } = plan;
  if (touched.length > 0)
    await tx.query(sql.TOUCH_VERSIONS, [
      ridParam(touched.map((t) => t.rid)),
      touched.map((t) => t.timestamp),
      touched.map((t) => t.offset),
    ]);
  if (upserts.length === 0) return;
  await tx.query(sql.UPSERT_RECORDS, [
    ridParam(upserts.map((u) => u.arrival.rid)),
    upserts.map((u) => u.arrival.source),
    upserts.map((u) => u.arrival.sourceId),
    upserts.map((u) => u.timestamp),
    upserts.map((u) => u.arrival.offset),
    upserts.map((u) => u.arrival.hash.toString()),
    upserts.map((u) => u.arrival.record?.contract ?? ''),
    upserts.map((u) => u.arrival.record?.mapping ?? ''),
    upserts.map((u) => u.withdrawn),
    upserts.map((u) => JSON.stringify(u.product)),
  ]);
  const changed = ridParam(upserts.map((u) => u.arrival.rid));
  if (context.snapshot !== undefined && rekeyed.length > 0) await rekey(tx, rekeyed, context.model, context.snapshot);
  await tx.query(MARK_RECORDS, [changed]);
  await tx.query(MARK_COMPONENTS, [changed]);
  if (changes.length > 0)
    await tx.query(sql.RECORD_CHANGES, [
      context.runId,
      changes.map((c) => c.kind),
      changes.map((c) => c.goldenId),
      changes.map((c) => c.source),
      changes.map((c) => c.sourceId),
      changes.map((c) => JSON.stringify(c.before)),
      changes.map((c) => JSON.stringify(c.after)),
    ]);
}
