/**
 * Reads the raw topic again with today's mappings and model, and tells what would change; nothing is written unless asked.
 */
import { canonicalJson } from '../canonical-json.js';
import {
  Corpus,
  clusterCorpus,
  clusterNode,
  clusterRules,
  type MatchRecord,
  scoreCorpus,
  takeSnapshot,
} from '../dedup/index.js';
import { currentSnapshot, modelId, ridOf, toRid } from '../dedup/store/index.js';
import { harmonizer } from '../harmonize/index.js';
import type { LogMessage } from '../platform/log/port.js';
import { type CanonicalProduct, type CanonicalRecord, compareText, keyText, parseKeyText } from '../records.js';
import { type PipelineContext, TOPICS, thresholdsOf, uniqueSources } from './context.js';

export interface ReplayResult {
  /** Records in the log, newest version of each. */
  records: number;
  bySource: Record<string, { same: number; changed: number; appeared: number; failing: number }>;
  /** Fields that would change, with how many records. */
  fields: Record<string, number>;
  goldenRecords: { today: number; replayed: number; same: number };
  /** Canonical messages that differ from the store, in log order. */
  changed: LogMessage[];
}

interface Mapped {
  offset: number;
  message: LogMessage | null;
}

export async function replayLog(context: PipelineContext): Promise<ReplayResult> {
  const mapped = await mapLog(context);
  const result: ReplayResult = {
    records: mapped.size,
    bySource: {},
    fields: {},
    goldenRecords: { today: 0, replayed: 0, same: 0 },
    changed: [],
  };
  const replayed: MatchRecord[] = [];
  await compareWithStore(context, mapped, result, replayed);
  await comparePartition(context, replayed, result);
  return result;
}

/** The newest raw message of every key, mapped; null where mapping fails. Withdrawn records are left out. */
async function mapLog({ platform, config, signal }: PipelineContext): Promise<Map<string, Mapped>> {
  const map = harmonizer(config);
  const mapped = new Map<string, Mapped>();
  await platform.log.consume(
    { topic: TOPICS.raw, from: async () => 0, maxMessages: 2000, untilEnd: true, signal },
    async (batch) => {
      const { canonical } = map(batch.messages);
      const byKey = new Map(canonical.map((message) => [message.key, message]));
      for (const { key, value, offset } of batch.messages) {
        if (value === null) mapped.delete(key);
        else mapped.set(key, { offset, message: byKey.get(key) ?? null });
      }
    },
  );
  return mapped;
}

async function compareWithStore(
  context: PipelineContext,
  mapped: Map<string, Mapped>,
  result: ReplayResult,
  replayed: MatchRecord[],
): Promise<void> {
  const stored = new Map<bigint, CanonicalProduct>();
  const rows = context.platform.database.batches<{ rid: unknown; product: CanonicalProduct }>(
    'select rid, product from source_record where not withdrawn order by rid',
    [],
    2000,
  );
  for await (const batch of rows) for (const row of batch) stored.set(toRid(row.rid), row.product);
  for (const [key, { message }] of mapped) {
    const { source, sourceId } = parseKeyText(key);
    const counts = result.bySource[source] ?? { same: 0, changed: 0, appeared: 0, failing: 0 };
    result.bySource[source] = counts;
    const before = stored.get(ridOf(source, sourceId));
    if (message === null) {
      counts.failing++;
      if (before !== undefined) replayed.push({ source, id: sourceId, product: before });
      continue;
    }
    const { product } = JSON.parse(message.value!) as CanonicalRecord;
    replayed.push({ source, id: sourceId, product });
    if (before === undefined) counts.appeared++;
    else if (canonicalJson(before) === canonicalJson(product)) {
      counts.same++;
      continue;
    } else {
      counts.changed++;
      for (const field of changedFields(before, product)) result.fields[field] = (result.fields[field] ?? 0) + 1;
    }
    result.changed.push(message);
  }
}

function changedFields(before: CanonicalProduct, after: CanonicalProduct): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof CanonicalProduct>;
  return [...names].filter((name) => canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null)).sort();
}

/** Clusters the replayed records in memory and counts the golden records that would stay as they are. */
async function comparePartition(
  context: PipelineContext,
  replayed: MatchRecord[],
  result: ReplayResult,
): Promise<void> {
  const { platform, model, config } = context;
  const stored = await currentSnapshot(platform.database);
  const snapshot =
    stored !== undefined && stored.model === modelId(model) ? stored.snapshot : takeSnapshot(replayed, model);
  const unique = uniqueSources(config);
  const corpus = new Corpus(model, snapshot, { uniqueSources: unique });
  const records: MatchRecord[] = [];
  for (const record of replayed) records[corpus.add(record)] = record;
  corpus.freeze();
  const clusters = partition(corpus, records, context, unique);
  const now = new Map<string, string[]>();
  const rows = platform.database.batches<{ source: string; source_id: string; golden_id: string }>(
    'select source, source_id, golden_id from source_record where golden_id is not null order by rid',
    [],
    5000,
  );
  for await (const batch of rows)
    for (const row of batch)
      now.set(row.golden_id, [...(now.get(row.golden_id) ?? []), keyText(row.source, row.source_id)]);
  const named = (members: string[]) => members.sort(compareText).join('\u001e');
  const today = new Set([...now.values()].map(named));
  result.goldenRecords = {
    today: now.size,
    replayed: clusters.length,
    same: clusters.filter((members) => today.has(named(members))).length,
  };
}

function partition(
  corpus: Corpus,
  records: readonly MatchRecord[],
  context: PipelineContext,
  unique: ReadonlySet<string>,
): string[][] {
  const { match, review } = thresholdsOf(context);
  const rules = clusterRules(context.model, { uniqueSources: unique, matchThreshold: match });
  const { cluster } = clusterCorpus(records.length, scoreCorpus(corpus, {}), (index) => clusterNode(records[index]!), {
    ...rules,
    reviewThreshold: review,
  });
  const members = new Map<number, string[]>();
  records.forEach(({ source, id }, index) => {
    const list = members.get(cluster[index]!) ?? [];
    list.push(keyText(source, id));
    members.set(cluster[index]!, list);
  });
  return [...members.values()];
}
