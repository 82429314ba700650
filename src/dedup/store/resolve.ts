import type { Sql } from '../../platform/database/port.js';
import type { CanonicalProduct } from '../../records.js';
import { blockingKeys, type Model, type Snapshot, STAGES, scoreCorpus, scorePair } from '../index.js';
import { neighbourhood } from './corpus.js';
import { ridOf, ridParam, toRid } from './rid.js';

export interface ResolveCandidate {
  source: string;
  sourceId: string;
  goldenId: string | null;
  probability: number;
  stage: string;
  /** What the model compared, by name; null where a side is missing. */
  features: Record<string, number | null>;
}

export interface Resolution {
  /** The golden record the listing would join, or null: it would be a new product. */
  goldenId: string | null;
  probability: number;
  stage: string | null;
  /** Best first. */
  candidates: ResolveCandidate[];
}

export interface ResolveSettings {
  model: Model;
  snapshot: Snapshot;
  uniqueSources: ReadonlySet<string>;
  matchThreshold: number;
}

/** A source name that no file can have: the listing stands beside the records without being one of them. */
const GUEST = '?';

/**
 * Which golden record a listing would join, and why, without storing it: the listing is put among its candidates and
 * scored as if it had arrived. Golden records are ordered by their best record's probability; ties by record key.
 */
export async function resolveListing(
  database: Sql,
  product: CanonicalProduct,
  settings: ResolveSettings,
): Promise<Resolution> {
  const record = { rid: ridOf(GUEST, ''), source: GUEST, id: '', product };
  const keys = blockingKeys(record, settings.snapshot, settings.model);
  const stored = await neighbourhood(database, [], settings, [{ record, keys }]);
  const guest = stored.indexOf.get(record.rid)!;
  const pairs = scoreCorpus(stored.corpus, { only: (index) => index === guest });
  const found: { rid: bigint; index: number; probability: number; stage: string }[] = [];
  for (let p = 0; p < pairs.count; p++) {
    const index = pairs.left[p] === guest ? pairs.right[p]! : pairs.left[p]!;
    found.push({
      rid: stored.rids[index]!,
      index,
      probability: pairs.probability[p]!,
      stage: STAGES[pairs.stage[p]!]!,
    });
  }
  found.sort((a, b) => b.probability - a.probability || (a.rid < b.rid ? -1 : 1));
  const best = found.slice(0, 10);
  const rows = await database.query<{ rid: unknown; golden_id: string | null }>(
    'select rid, golden_id from source_record where rid = any($1::bigint[])',
    [ridParam(best.map((candidate) => candidate.rid))],
  );
  const goldenOf = new Map(rows.map((row) => [toRid(row.rid), row.golden_id]));
  const candidates = best.map(({ rid, index, probability, stage }): ResolveCandidate => {
    const { source, id } = stored.records[index]!;
    const { features } = scorePair(stored.corpus, guest, index);
    return { source, sourceId: id, goldenId: goldenOf.get(rid) ?? null, probability, stage, features };
  });
  const top = candidates[0];
  const joins = top !== undefined && top.probability >= settings.matchThreshold;
  return {
    goldenId: joins ? top.goldenId : null,
    probability: top?.probability ?? 0,
    stage: joins ? top.stage : null,
    candidates,
  };
}
