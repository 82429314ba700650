import { join } from 'node:path';
import { installationFolder } from '../../installation.js';
import type { ServerFinding } from '../finding.js';
import { type Migration, readMigrations } from './migrations.js';
import type { Sql } from './port.js';

/** How the scripts of an installation and those that were applied to a database fit together. */
interface MigrationState {
  applied: number;
  /** Not applied yet. */
  open: string[];
  /** Applied, and changed since. */
  changed: string[];
  /** Applied, and unknown here: a newer Assay did it. */
  newer: string[];
}

async function migrationState(database: Pick<Sql, 'query'>, migrations: readonly Migration[]): Promise<MigrationState> {
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

/** The migrations of a database, as one finding. `folder`: the scripts; default: the installation's. */
export async function migrationFinding(
  database: Pick<Sql, 'query'>,
  folder: string = join(installationFolder(), 'migrations'),
): Promise<ServerFinding> {
  const { applied, open, changed, newer } = await migrationState(database, readMigrations(folder));
  const check = 'migrations';
  if (changed.length > 0)
    return {
      check,
      state: 'wrong',
      message: `changed since they were applied: ${changed.join(', ')}`,
      advice: 'Put these migrations back as they were, and write the change as a new file.',
    };
  if (newer.length > 0)
    return {
      check,
      state: 'wrong',
      message: `was migrated by a newer Assay: ${newer.join(', ')}`,
      advice: 'Use that version, or another database.',
    };
  if (open.length > 0)
    return {
      check,
      state: 'warning',
      message: `${open.length} migrations to apply: ${open.join(', ')}`,
      advice: 'Nothing: the next command applies them.',
    };
  return { check, state: 'ok', message: `${applied} migrations applied` };
}
