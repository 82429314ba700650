import type { Sql } from '../../database/port.js';
import { REMEMBERED_DAYS } from '../removed.js';

/** The last versions of the ids that were removed. */
export async function removedVersions(sql: Sql, goldenIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ golden_id: string; version: number }>(
    'select golden_id, version from search_removed where golden_id = any($1::text[])',
    [goldenIds],
  );
  return new Map(rows.map((row) => [row.golden_id, Number(row.version)]));
}

export async function rememberRemoved(sql: Sql, gone: readonly { goldenId: string; version: number }[]): Promise<void> {
  await sql.query(`delete from search_removed where removed_at < now() - interval '${REMEMBERED_DAYS} days'`);
  await sql.query(
    `insert into search_removed (golden_id, version) select golden_id, max(version)
     from unnest($1::text[], $2::bigint[]) r(golden_id, version) group by golden_id
     on conflict (golden_id) do update set version = greatest(search_removed.version, excluded.version)`,
    [gone.map((row) => row.goldenId), gone.map((row) => row.version)],
  );
}

export async function forgetRemoved(sql: Sql, goldenIds: readonly string[]): Promise<void> {
  await sql.query('delete from search_removed where golden_id = any($1::text[])', [goldenIds]);
}
