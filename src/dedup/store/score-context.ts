import type { Counters } from '../../observe/counters.js';
import type { Database } from '../../platform/database/port.js';
import { STAGES, scoreCorpus } from '../index.js';
import type { CorpusSettings, StoredCorpus } from './corpus.js';
import type { StoredEdge } from './edges.js';

export interface ScoreContext extends CorpusSettings {
  database: Database;
  /** Id of `snapshot`. */
  snapshotId: string;
  /** Told of new matches, as duplicates of both ends' sources. */
  counters?: Counters;
  thresholds: { match: number; review: number };
  /** Records rescored per streaming transaction. */
  batch: number;
  /** Share of the corpus that must be marked for the bulk driver; both drivers give the same edges. */
  bulkShare?: number;
  progress?: ((done: number, total?: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Counts new matches for the sources of both their ends. */
export function countMatches(
  { counters }: ScoreContext,
  found: readonly StoredEdge[],
  sourceOf: (rid: bigint) => string,
): void {
  for (const { a, b, stage } of found)
    for (const rid of [a, b]) counters?.add('dedup', sourceOf(rid), `duplicate:${stage}`);
}

/** The edges worth keeping that have an end in `rids`, and the bars of those records that are live. */
export function scoreEdges(
  stored: StoredCorpus,
  rids: ReadonlySet<bigint>,
  thresholds: { match: number; review: number },
): { edges: StoredEdge[]; bars: Map<bigint, number> } {
  const only = stored.rids.map((rid) => rids.has(rid));
  const pairs = scoreCorpus(stored.corpus, { only: (index) => only[index] === true });
  const edges: StoredEdge[] = [];
  for (let p = 0; p < pairs.count; p++) {
    const probability = pairs.probability[p]!;
    if (probability < thresholds.review) continue;
    const left = stored.rids[pairs.left[p]!]!;
    const right = stored.rids[pairs.right[p]!]!;
    edges.push({
      a: left < right ? left : right,
      b: left < right ? right : left,
      probability,
      stage: STAGES[pairs.stage[p]!]!,
      state: probability >= thresholds.match ? 'match' : 'review',
    });
  }
  const bars = new Map<bigint, number>();
  stored.rids.forEach((rid, index) => {
    if (only[index] === true) bars.set(rid, pairs.bars[index]!);
  });
  return { edges, bars };
}
