import type { Database } from '../platform/database/port.js';

/**
 * Below this many vectors all of them are compared, which is exact: 100,000 take some 50 ms. An index costs more than the rest
 * of writing a golden record (measured at 20,000: 0.1 ms a vector when built at once, 1 to 2 ms each when written one by one), so
 * it is made once, after the first large load, and kept from then on.
 */
const INDEX_FROM = 200_000;

/**
 * Makes the index that finds neighbours among many golden records: HNSW (Malkov and Yashunin, 2018) by cosine. It answers
 * searches only. Nothing that decides asks it: what it finds depends on the order in which vectors came.
 *
 * @returns whether there is one
 */
export async function ensureNeighbourIndex(database: Database, from = INDEX_FROM): Promise<boolean> {
  const [state] = await database.query<{ many: boolean; made: boolean }>(
    `select (select count(*) from (select from golden_vector limit $1) as counted) >= $1 as many,
       exists (select from pg_indexes where schemaname = current_schema() and indexname = 'golden_neighbours') as made`,
    [from],
  );
  if (state === undefined || state.made || !state.many) return state?.made === true;
  const made = await database.exclusive('neighbour index', () =>
    database
      .transaction(async (tx) => {
        await tx.query(
          `select set_config('maintenance_work_mem', '512MB', true), set_config('statement_timeout', '0', true)`,
        );
        await tx.query(`create index if not exists golden_neighbours on golden_vector
        using hnsw (embedding vector_cosine_ops) with (m = 8, ef_construction = 32)`);
      })
      .then(() => true),
  );
  return made === true;
}
