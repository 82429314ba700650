import type { Migration } from './migrations.js';
import type { Sql } from './port.js';

/** How the scripts of an installation and those that were applied to a database fit together. */
export interface MigrationState {
  applied: number;
  /** Not applied yet. */
  open: string[];
  /** Applied, and changed since. */
  changed: string[];
  /** Applied, and unknown here: a newer Assay did it. */
  newer: string[];
}

export async function migrationState(
  database: Pick<Sql, 'query'>,
  migrations: readonly Migration[],
): Promise<MigrationState> {
  const applied = new Map<string, string>();
  const [kept] = await database.query<{ there: boolean }>(
    "select to_regclass('schema_migration') is not null as there",
  );
  if (kept?.there === true) {
    const rows = await database.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migration',
    );
    for (const { name, checksum } of rows) applied.set(name, checksum);
  }
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  const names = [...applied.keys()].sort();
  return {
    applied: applied.size,
    open: [...known.keys()].filter((name) => !applied.has(name)),
    changed: names.filter((name) => known.has(name) && known.get(name) !== applied.get(name)),
    newer: names.filter((name) => !known.has(name)),
  };
}
