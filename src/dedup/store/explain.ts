import { AssayError } from '../../errors.js';
import type { Sql } from '../../platform/database/port.js';
import { blockingKeys, STAGES, scorePair } from '../index.js';
import { neighbourhood } from './corpus.js';
import type { ResolveSettings } from './resolve.js';
import { ridOf, ridParam } from './rid.js';

export interface PairExplanation {
  a: { source: string; sourceId: string; title: string; goldenId: string | null };
  b: { source: string; sourceId: string; title: string; goldenId: string | null };
  sameProduct: boolean;
  probability: number;
  stage: string;
  matchThreshold: number;
  /** They share a blocking key, so the engine compares them by itself. */
  candidates: boolean;
  /** The kept edge, when there is one, with the reason clustering did not follow it. */
  edge: { state: string; refused: string | null } | null;
  /** Latest decision of a steward about the pair. */
  decision: string | null;
  features: Record<string, number | null>;
}

interface Row {
  source: string;
  source_id: string;
  golden_id: string | null;
  title: string;
  withdrawn: boolean;
}

/**
 * Why two records are, or are not, one product.
 *
 * @throws AssayError NOT_FOUND when a record is not in the store
 */
export async function explainPair(
  database: Sql,
  left: { source: string; sourceId: string },
  right: { source: string; sourceId: string },
  settings: ResolveSettings,
): Promise<PairExplanation> {
  const a = await readRecord(database, left);
  const b = await readRecord(database, right);
  const [x, y] = [ridOf(left.source, left.sourceId), ridOf(right.source, right.sourceId)];
  const stored = await neighbourhood(database, [x, y], settings);
  const [i, j] = [stored.indexOf.get(x), stored.indexOf.get(y)];
  if (i === undefined || j === undefined)
    throw new AssayError('NOT_FOUND', 'One of the records was withdrawn by its source.');
  const { probability, stage, features } = scorePair(stored.corpus, i, j);
  const keys = new Set(blockingKeys(stored.records[i]!, settings.snapshot, settings.model));
  const pair = x < y ? [x, y] : [y, x];
  const [edge] = await database.query<{ state: string; refused: string | null }>(
    'select state, refused from edge where a = $1::bigint and b = $2::bigint',
    ridParam(pair),
  );
  const [decision] = await database.query<{ kind: string }>(
    `select kind from steward_decision d where kind in ('must_link', 'cannot_link')
       and least(a, b) = $1::bigint and greatest(a, b) = $2::bigint
       and not exists (select 1 from steward_decision r where r.revokes = d.id) order by id desc limit 1`,
    ridParam(pair),
  );
  return {
    a: shown(a),
    b: shown(b),
    sameProduct: a.golden_id !== null && a.golden_id === b.golden_id,
    probability,
    stage: STAGES[stage] ?? String(stage),
    matchThreshold: settings.matchThreshold,
    candidates: blockingKeys(stored.records[j]!, settings.snapshot, settings.model).some((key) => keys.has(key)),
    edge: edge ?? null,
    decision: decision?.kind ?? null,
    features,
  };
}

const shown = (row: Row) => ({
  source: row.source,
  sourceId: row.source_id,
  title: row.title,
  goldenId: row.golden_id,
});

async function readRecord(database: Sql, { source, sourceId }: { source: string; sourceId: string }): Promise<Row> {
  const [row] = await database.query<Row>(
    `select source, source_id, golden_id, product ->> 'title' as title, withdrawn from source_record where source = $1 and source_id = $2`,
    [source, sourceId],
  );
  if (row === undefined) throw new AssayError('NOT_FOUND', `There is no record ${sourceId} of source ${source}.`);
  return row;
}
