import { DEDUP_CONSUMER } from '../dedup/store/index.js';
import type { Database } from '../platform/database/port.js';
import type { Look } from './lull.js';
import { Rate } from './rate.js';

/** Records applied a second, by all workers, from which on more is to be expected. */
const APPLIED = 50;
/** Marked records that will change components. */
const MARKED = 200;
/** Batches come in bursts. */
const WINDOW_MS = 3000;

interface Seen {
  oldest: number | null;
  newest: number;
}

/** Marks to score, while records are being applied. */
export function arrivals(database: Database): () => Promise<Look> {
  const rate = new Rate(WINDOW_MS);
  return async () => {
    const [row] = await database.query<Seen & { applied: number }>(
      `select (select min(seq)::float8 from dirty where pending) as oldest,
        (select last_value::float8 from mark_sequence) as newest,
        (select coalesce(sum(next_offset), 0)::float8 from consumer_offset where consumer = $1) as applied`,
      [DEDUP_CONSUMER],
    );
    const { applied, ...seen } = row!;
    return { ...seen, flood: rate.of(applied, performance.now()) > APPLIED };
  };
}

/**
 * Marks of components, while many records marked before them are not scored. An arrival marks itself and its component at
 * once: made a golden record before it is scored it would be one of its own, and another soon after.
 */
export function scores(database: Database): () => Promise<Look> {
  return async () => {
    const [row] = await database.query<Seen & { unscored: number | null; marked: number }>(
      `select (select min(seq)::float8 from dirty_component) as oldest,
        (select last_value::float8 from mark_sequence) as newest,
        (select min(seq)::float8 from dirty where pending) as unscored,
        (select count(*)::int from (select from dirty where pending limit $1) d) as marked`,
      [MARKED],
    );
    const { unscored, marked, oldest, newest } = row!;
    if (marked < MARKED || unscored === null || oldest === null) return { oldest, newest, flood: false };
    const flood = unscored <= oldest;
    return { oldest, newest: flood ? newest : unscored - 1, flood };
  };
}
