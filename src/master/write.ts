import { chunks } from '../chunks.js';
import { RECORD_CHANGES, ridParam } from '../dedup/store/index.js';
import type { GoldenEvent, GoldenValues, Lineage } from '../golden.js';
import { type Sql, vectorText } from '../platform/database/port.js';
import type { RecordKey } from '../records.js';
import * as sql from './resolve.sql.js';

/** A golden record as it shall be. */
export interface GoldenWrite {
  goldenId: string;
  version: number;
  change: GoldenEvent['change'];
  /** It is new. */
  born: boolean;
  bornRun: number;
  /** It is new or not what is stored. */
  differs: boolean;
  values: GoldenValues;
  lineage: Lineage;
  members: RecordKey[];
  quality: number;
  vector: Float32Array | undefined;
  /** Records that were in another golden record, or in none. */
  arrivals: { rid: bigint; source: string; sourceId: string; goldenId: string | null }[];
}

export interface RecordChange {
  kind: 'merged' | 'split' | 'moved' | 'withdrawn';
  goldenId: string;
  source: string;
  sourceId: string;
  before: string | null;
  after: string | null;
}

export interface GoldenPlan {
  writes: readonly GoldenWrite[];
  /** Ids that are given up. */
  released: readonly string[];
  redirects: readonly { oldId: string; newId: string | null; reason: string }[];
  identities: ReadonlyMap<bigint, string | null>;
  refusals: readonly { a: bigint; b: bigint; refused: string | null }[];
  changes: readonly RecordChange[];
}

const PORTION = 5000;

/** Writes a plan: what is superseded goes to the history first, so that every version can be read as of its time. */
export async function writeGolden(tx: Sql, plan: GoldenPlan, runId: number): Promise<void> {
  const written = plan.writes.filter((write) => write.differs);
  const superseded = written.filter((write) => !write.born);
  const retired = new Set(plan.redirects.filter((r) => r.newId === null).map((r) => r.oldId));
  const archived = [
    ...superseded.map((write) => [write.goldenId, write.change] as const),
    ...plan.released.map((id) => [id, retired.has(id) ? 'retired' : 'merged'] as const),
  ];
  if (archived.length > 0) await tx.query(sql.ARCHIVE, [archived.map((a) => a[0]), archived.map((a) => a[1])]);
  if (plan.released.length > 0) {
    await tx.query(sql.DELETE_GOLDEN, [plan.released]);
    await tx.query(sql.DELETE_VECTORS, [plan.released]);
  }
  for (const part of chunks(written, PORTION)) {
    await tx.query(sql.UPSERT_GOLDEN, goldenColumns(part));
    await tx.query(sql.UPSERT_VECTORS, vectorColumns(part));
  }
  await writeRedirects(tx, plan, written);
  for (const part of chunks([...plan.identities], PORTION))
    await tx.query(sql.SET_IDENTITIES, [ridParam(part.map((p) => p[0])), part.map((p) => p[1])]);
  for (const part of chunks(plan.refusals, PORTION))
    await tx.query(sql.SET_REFUSED, [
      ridParam(part.map((r) => r.a)),
      ridParam(part.map((r) => r.b)),
      part.map((r) => r.refused),
    ]);
  if (plan.changes.length > 0)
    await tx.query(RECORD_CHANGES, [
      runId,
      plan.changes.map((c) => c.kind),
      plan.changes.map((c) => c.goldenId),
      plan.changes.map((c) => c.source),
      plan.changes.map((c) => c.sourceId),
      plan.changes.map((c) => JSON.stringify(c.before)),
      plan.changes.map((c) => JSON.stringify(c.after)),
    ]);
  const events = [
    ...plan.released.map((id) => [id, 0, retired.has(id) ? 'retired' : 'merged'] as const),
    ...written.map((write) => [write.goldenId, write.version, write.change] as const),
  ];
  for (const part of chunks(events, PORTION))
    await tx.query(sql.ENQUEUE, [part.map((e) => e[0]), part.map((e) => e[1]), part.map((e) => e[2])]);
}

async function writeRedirects(tx: Sql, plan: GoldenPlan, written: readonly GoldenWrite[]): Promise<void> {
  const born = written.filter((write) => write.born).map((write) => write.goldenId);
  if (born.length > 0) await tx.query(sql.DROP_REDIRECTS, [born]);
  if (plan.redirects.length === 0) return;
  const oldIds = plan.redirects.map((r) => r.oldId);
  const newIds = plan.redirects.map((r) => r.newId);
  await tx.query(sql.FORWARD_REDIRECTS, [oldIds, newIds]);
  await tx.query(sql.REDIRECT, [oldIds, newIds, plan.redirects.map((r) => r.reason)]);
}

function vectorColumns(writes: readonly GoldenWrite[]): unknown[] {
  const known = writes.filter((write) => write.vector !== undefined);
  return [known.map((w) => w.goldenId), known.map((w) => vectorText(w.vector!))];
}

function goldenColumns(writes: readonly GoldenWrite[]): unknown[] {
  return [
    writes.map((w) => w.goldenId),
    writes.map((w) => w.version),
    writes.map((w) => JSON.stringify(w.values)),
    writes.map((w) => JSON.stringify(w.lineage)),
    writes.map((w) => JSON.stringify(w.members)),
    writes.map((w) => [...new Set(w.members.map((m) => m.source))].join(',')),
    writes.map((w) => w.members.length),
    writes.map((w) => w.quality),
    writes.map((w) => w.bornRun),
  ];
}
