import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Sql } from '../../src/platform/database/port.js';

/** A place where two wait for each other, once for every time it is arranged. */
export class Meeting {
  #arrived = new Set<object>();
  #met = Promise.resolve();
  #open: () => void = () => {};

  arrange(): void {
    this.#arrived = new Set();
    this.#met = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  get took(): boolean {
    return this.#arrived.size === 2;
  }

  async wait(who: object): Promise<void> {
    this.#arrived.add(who);
    if (this.took) this.#open();
    await this.#met;
  }
}

/**
 * A database whose transactions that apply a batch meet another one's when all is written and nothing is committed: neither
 * can have seen what the other wrote. Who commits first, and how long before the other, is by lot.
 */
export function meeting(database: Database, place: Meeting, random: () => number): Database {
  const who = {};
  return {
    query: (text, params) => database.query(text, params),
    copyIn: (table, columns, rows) => database.copyIn(table, columns, rows),
    transaction: (work) =>
      database.transaction(async (sql) => {
        let applies = false;
        const watched: Sql = {
          query: <R extends object>(text: string, params?: readonly unknown[]): Promise<R[]> => {
            if (/insert into consumer_offset/.test(text)) applies = true;
            return sql.query<R>(text, params);
          },
          copyIn: (table, columns, rows) => sql.copyIn(table, columns, rows),
        };
        const result = await work(watched);
        if (applies) {
          await place.wait(who);
          await sleep(random() < 0.5 ? 0 : random() * 40);
        }
        return result;
      }),
    exclusive: (name, work) => database.exclusive(name, work),
    batches: (text, params, size) => database.batches(text, params, size),
    close: () => database.close(),
  };
}
