import { canonicalJson } from '../canonical-json.js';
import type { ClusterRules } from '../dedup/index.js';
import { ridParam, toRid } from '../dedup/store/index.js';
import type { GoldenValues, Lineage } from '../golden.js';
import type { Sql } from '../platform/database/port.js';
import { type CanonicalProduct, compareText, keyText, type RecordKey } from '../records.js';
import { clusterRecords, type EdgeRow, groupEdges, type LiveRecord, type Refusal } from './cluster-group.js';
import type { Decisions } from './decisions.js';
import { planIdentities } from './identity.js';
import { type MergeSettings, mergeMembers } from './merge.js';
import { mintIds } from './mint.js';
import { nothingResolved, type ResolveResult } from './outcome.js';
import * as sql from './resolve.sql.js';
import { type GoldenWrite, type RecordChange, writeGolden } from './write.js';

export interface ResolveContext {
  runId: number;
  rules: ClusterRules;
  merge: MergeSettings;
  decisions: Decisions;
  /** Vector of the golden record's text, or undefined when none is wanted. */
  embed: (values: GoldenValues) => Float32Array | undefined;
}

interface RecordRow {
  rid: unknown;
  source: string;
  source_id: string;
  version_ts: number;
  withdrawn: boolean;
  golden_id: string | null;
  product: CanonicalProduct;
}

export interface OldGoldenRow {
  golden_id: string;
  version: number;
  values: GoldenValues;
  lineage: Lineage;
  members: RecordKey[];
  quality: number;
  born: number;
}

/**
 * Clusters the groups anew and writes what differs: golden records, history, redirects, the crosswalk and the outbox,
 * all in the caller's transaction. The outcome is a function of records, edges and decisions; only ids, versions and
 * history depend on what was there before.
 */
export async function resolveGroups(
  tx: Sql,
  groups: readonly (readonly bigint[])[],
  context: ResolveContext,
): Promise<ResolveResult> {
  const rids = ridParam(groups.flat());
  const rows = await tx.query<RecordRow>(sql.RECORDS, [rids]);
  const records = new Map(rows.map((row) => [toRid(row.rid), row]));
  const oldIds = [...new Set(rows.flatMap((row) => (row.golden_id === null ? [] : [row.golden_id])))];
  const olds = new Map((await tx.query<OldGoldenRow>(sql.OLD_GOLDEN, [oldIds])).map((row) => [row.golden_id, row]));
  const edgesByGroup = groupEdges(groups, await tx.query<EdgeRow>(sql.EDGES, [rids]));

  const outcome = nothingResolved();
  const writes: GoldenWrite[] = [];
  const changes: RecordChange[] = [];
  const identities = new Map<bigint, string | null>();
  const redirects: { oldId: string; newId: string | null; reason: string }[] = [];
  const refusals: Refusal[] = [];
  const fresh: { key: string; write: GoldenWrite; records: LiveRecord[] }[] = [];
  const released: { oldId: string; heir: GoldenWrite | null }[] = [];

  groups.forEach((group, index) => {
    const live: LiveRecord[] = [];
    for (const rid of group) {
      const row = records.get(rid);
      if (row === undefined) continue;
      if (row.withdrawn) {
        if (row.golden_id !== null) {
          identities.set(rid, null);
          outcome.withdrawn++;
          changes.push({
            kind: 'withdrawn',
            goldenId: row.golden_id,
            source: row.source,
            sourceId: row.source_id,
            before: null,
            after: null,
          });
        }
        continue;
      }
      live.push({
        rid,
        key: keyText(row.source, row.source_id),
        source: row.source,
        sourceId: row.source_id,
        timestamp: Number(row.version_ts),
        goldenId: row.golden_id,
        product: row.product,
      });
    }
    const clusters = clusterRecords(live, edgesByGroup[index]!, context, refusals, outcome.refused);
    const groupOlds = [...new Set(group.flatMap((rid) => records.get(rid)?.golden_id ?? []))].flatMap(
      (id) => olds.get(id) ?? [],
    );
    const plan = planIdentities(
      clusters.map((cluster) => ({ members: cluster })),
      groupOlds.map((old) => ({ goldenId: old.golden_id, born: Number(old.born) })),
    );
    const groupWrites = clusters.map((cluster, at): GoldenWrite => {
      const write = compose(cluster, plan.kept[at], olds, context);
      if (plan.kept[at] === undefined) fresh.push({ key: cluster[0]!.key, write, records: cluster });
      writes.push(write);
      for (const record of cluster)
        if (record.goldenId !== write.goldenId || write.goldenId === '') write.arrivals.push(record);
      return write;
    });
    for (const { goldenId, cluster } of plan.released)
      released.push({ oldId: goldenId, heir: cluster === null ? null : groupWrites[cluster]! });
  });

  await mintIds(tx, fresh);
  const gone = new Set(released.map((r) => r.oldId));
  for (const { oldId, heir } of released) {
    redirects.push({ oldId, newId: heir?.goldenId ?? null, reason: heir === null ? 'retired' : 'merged' });
    if (heir === null) outcome.retired++;
    else {
      outcome.merged++;
      heir.change = 'merged';
      changes.push({
        kind: 'merged',
        goldenId: heir.goldenId,
        source: '',
        sourceId: '',
        before: oldId,
        after: heir.goldenId,
      });
    }
  }
  for (const write of writes) {
    const from = new Set<string>();
    for (const record of write.arrivals) {
      identities.set(record.rid, write.goldenId);
      const before = record.goldenId;
      if (before === null || gone.has(before)) continue;
      if (write.born) from.add(before);
      else {
        outcome.moved++;
        changes.push({
          kind: 'moved',
          goldenId: write.goldenId,
          source: record.source,
          sourceId: record.sourceId,
          before,
          after: write.goldenId,
        });
      }
    }
    if (from.size > 0) {
      outcome.split++;
      write.change = 'split';
      for (const before of [...from].sort(compareText))
        changes.push({
          kind: 'split',
          goldenId: write.goldenId,
          source: '',
          sourceId: '',
          before,
          after: write.goldenId,
        });
    } else if (write.born) outcome.created++;
    else if (write.differs && write.change !== 'merged') outcome.changed++;
  }
  await writeGolden(
    tx,
    { writes, released: released.map((r) => r.oldId), redirects, identities, refusals, changes },
    context.runId,
  );
  return outcome;
}

function compose(
  cluster: readonly LiveRecord[],
  keptId: string | undefined,
  olds: ReadonlyMap<string, OldGoldenRow>,
  context: ResolveContext,
): GoldenWrite {
  const overrides = new Map<string, unknown>();
  for (const record of cluster)
    for (const [path, value] of context.decisions.overrides.get(record.rid) ?? []) overrides.set(path, value);
  const { values, lineage, quality } = mergeMembers(cluster, context.merge, overrides);
  const members = cluster.map(({ source, sourceId }) => ({ source, sourceId }));
  const old = keptId === undefined ? undefined : olds.get(keptId);
  const differs =
    old === undefined ||
    canonicalJson([old.values, old.lineage, old.members]) !== canonicalJson([values, lineage, members]);
  return {
    goldenId: keptId ?? '',
    version: old === undefined ? 1 : Number(old.version) + (differs ? 1 : 0),
    change: old === undefined ? 'created' : 'changed',
    born: old === undefined,
    bornRun: old === undefined ? context.runId : Number(old.born),
    differs,
    values,
    lineage,
    members,
    quality,
    vector: differs ? context.embed(values) : undefined,
    arrivals: [],
  };
}
