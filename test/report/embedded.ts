import { readdir, readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import type { Database, Sql } from '../../src/platform/database/port.js';

/** An empty store in memory, with the migrations run. */
export async function emptyStore(): Promise<Database> {
  const db = await PGlite.create({ extensions: { vector, pg_trgm } });
  const folder = new URL('../../migrations/', import.meta.url);
  for (const file of (await readdir(folder)).filter((name) => name.startsWith('0001')))
    await db.exec(await readFile(new URL(file, folder), 'utf8'));
  const sql: Sql = {
    query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
      (await db.query<R>(text, [...params])).rows,
    copyIn: () => Promise.reject(new Error('not needed here')),
  };
  return {
    ...sql,
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          ...sql,
          query: async <R extends object>(text: string, params: readonly unknown[] = []) =>
            (await tx.query<R>(text, [...params])).rows,
        }),
      ) as ReturnType<typeof work>,
    async *batches<R extends object>(text: string, params: readonly unknown[], size: number) {
      const rows = (await db.query<R>(text, [...params])).rows;
      for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
    },
    close: () => db.close(),
  };
}
