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

/** Components that are looked at: a portion. */
const COMPONENTS = 500;

/**
 * Marks of components, while many records are marked and those of the component are among them. An arrival marks itself and its
 * component at once: made a golden record before it is scored it would be one of its own, and another soon after. Numbers do not
 * tell which records are scored: a record that is marked anew has a number after its component's.
 */
export function scores(database: Database): () => Promise<Look> {
  return async () => {
    const [row] = await database.query<Seen & { unscored: number | null; last: number | null; marked: number }>(
      `select min(c.seq)::float8 as oldest, min(c.seq) filter (where d.pending)::float8 as unscored,
        max(c.seq)::float8 as last, (select last_value::float8 from mark_sequence) as newest,
        (select count(*)::int from (select from dirty where pending limit $1) d) as marked
      from (select rid, seq from dirty_component order by seq limit $2) c left join dirty d using (rid)`,
      [MARKED, COMPONENTS],
    );
    const { unscored, marked, oldest, last, newest } = row!;
    if (marked < MARKED || oldest === null || last === null) return { oldest, newest, flood: false };
    if (unscored === oldest) return { oldest, newest, flood: true };
    return { oldest, newest: unscored === null ? last : unscored - 1, flood: false };
  };
}
