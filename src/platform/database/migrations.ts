import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError, messageOf } from '../../errors.js';
import { installationFolder } from '../../installation.js';
import type { Database, Sql } from './port.js';
import { splitStatements } from './statements.js';

export interface Migration {
  /** `0001_store.sql`. */
  name: string;
  checksum: string;
  text: string;
}

/** The numbered scripts of a folder, in order. Two files with one number are an error. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();
  names.forEach((name, i) => {
    if (i > 0 && names[i - 1]?.slice(0, 4) === name.slice(0, 4))
      throw new AssayError('MIGRATION_FAILED', `${names[i - 1]} and ${name} in ${folder} have the same number`);
  });
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

/** Held, in a transaction, by the process that migrates; any number that nobody else uses. */
const LOCK = 7_225_901_361;

/**
 * Applies the scripts that were not applied yet, each in a transaction of its own, and returns their names. Several
 * processes may do so at once: each waits for the other's script and then finds it applied. A script that was applied
 * and has changed since is refused.
 */
export async function runMigrations(
  database: Database,
  folder: string = join(installationFolder(), 'migrations'),
): Promise<string[]> {
  const applied: string[] = [];
  const migrations = readMigrations(folder);
  for (const migration of migrations)
    if (await database.transaction((sql) => applyOnce(sql, migration))) applied.push(migration.name);
  return applied;
}

async function applyOnce(sql: Sql, migration: Migration): Promise<boolean> {
  // An index over a large table takes its time, and so does another process's script.
  await sql.query('set local statement_timeout = 0');
  await sql.query('set local lock_timeout = 0');
  await sql.query('select pg_advisory_xact_lock($1)', [LOCK]);
  await sql.query(
    `create table if not exists schema_migration (
       name text collate "C" primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  const [done] = await sql.query<{ checksum: string }>('select checksum from schema_migration where name = $1', [
    migration.name,
  ]);
  if (done !== undefined) {
    if (done.checksum === migration.checksum) return false;
    throw new AssayError(
      'MIGRATION_FAILED',
      `${migration.name} has changed since it was applied: put it back as it was, and write the change as a new file`,
    );
  }
  for (const { text, line } of splitStatements(migration.text)) {
    try {
      await sql.query(text);
    } catch (error) {
      const statement = text.length > 200 ? `${text.slice(0, 200)} …` : text;
      throw new AssayError('MIGRATION_FAILED', `${migration.name}, line ${line}: ${messageOf(error)}\n  ${statement}`, {
        cause: error,
        details: { file: migration.name, line, statement: text },
      });
    }
  }
  await sql.query('insert into schema_migration (name, checksum) values ($1, $2)', [
    migration.name,
    migration.checksum,
  ]);
  return true;
}
