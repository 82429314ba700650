import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Sql } from '../../src/platform/database/port.js';
import { seeded } from '../support/seeded.js';

/**
 * A database whose transactions pause between statements, by lot: what happens within a millisecond once in a million
 * times happens here in every run.
 *
 * @param share of the statements that are preceded by a pause
 * @param longest pause in milliseconds
 */
export function hesitant(database: Database, seed: number, share: number, longest: number): Database {
  const random = seeded(seed);
  const pause = async (): Promise<void> => {
    if (random() < share) await sleep(1 + random() * longest);
  };
  const slowly = (sql: Sql): Sql => ({
    query: async <R extends object>(text: string, params?: readonly unknown[]): Promise<R[]> => {
      await pause();
      return sql.query<R>(text, params);
    },
    copyIn: async (table, columns, rows) => {
      await pause();
      return sql.copyIn(table, columns, rows);
    },
  });
  return {
    query: (text, params) => database.query(text, params),
    copyIn: (table, columns, rows) => database.copyIn(table, columns, rows),
    transaction: (work) =>
      database.transaction(async (sql) => {
        const result = await work(slowly(sql));
        await pause();
        return result;
      }),
    exclusive: (name, work) => database.exclusive(name, work),
    batches: (text, params, size) => database.batches(text, params, size),
    close: () => database.close(),
  };
}
