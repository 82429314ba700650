import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Sql } from '../../src/platform/database/port.js';
import { Overtaking, type Stage } from './overtaking.js';

/** Where two workers wait for each other with everything written and nothing committed, once for every time it is arranged. */
export class Meeting {
  overtaking: Overtaking | undefined;
  /** Overtakings that were arranged and happened. */
  overtaken = 0;
  #arrived = new Set<number>();
  #met = Promise.resolve();
  #open: () => void = () => {};

  /** `overtaking`: the worker that commits first, and what it is then held up in. */
  arrange(overtaking?: { early: number; stage: Stage }): void {
    this.#arrived = new Set();
    this.#met = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.overtaking = overtaking && new Overtaking(overtaking.early, overtaking.stage, () => this.overtaken++);
  }

  get took(): boolean {
    return this.#arrived.size === 2;
  }

  async wait(who: number): Promise<void> {
    this.#arrived.add(who);
    if (this.took) this.#open();
    await this.#met;
  }
}

/**
 * A database whose transactions that apply a batch meet another one's when all is written and nothing is committed: neither
 * can have seen what the other wrote. Who commits first, and how long before the other, is by lot, or as the meeting has it.
 */
export function meeting(database: Database, who: number, place: Meeting, random: () => number): Database {
  return {
    query: (text, params) => database.query(text, params),
    copyIn: (table, columns, rows) => database.copyIn(table, columns, rows),
    transaction: async (work) => {
      let applies = false;
      /** Stages that looked for marks and found none that the other has not claimed. */
      const looked = new Set<Stage>();
      const result = await database.transaction(async (sql) => {
        const watched: Sql = {
          query: async <R extends object>(text: string, params?: readonly unknown[]): Promise<R[]> => {
            if (/insert into consumer_offset/.test(text)) {
              applies = true;
              await place.overtaking?.beforeApply(who, sql);
            }
            const asked = marksOf(text);
            if (asked !== undefined) looked.add(asked);
            const stage = stageOf(text);
            if (stage !== undefined) {
              looked.delete(stage);
              await place.overtaking?.holdUp(who, stage);
            }
            return sql.query<R>(text, params);
          },
          copyIn: (table, columns, rows) => sql.copyIn(table, columns, rows),
        };
        const result = await work(watched);
        if (applies) {
          place.overtaking?.hasWritten(who);
          await place.wait(who);
          if (place.overtaking !== undefined) await place.overtaking.beforeCommit(who);
          else await sleep(random() < 0.5 ? 0 : random() * 40);
        }
        return result;
      });
      if (applies) place.overtaking?.hasCommitted(who);
      for (const stage of looked) place.overtaking?.hasDone(who, stage);
      return result;
    },
    exclusive: (name, work) => database.exclusive(name, work),
    batches: (text, params, size) => database.batches(text, params, size),
    close: () => database.close(),
  };
}

/** By the lock that a stage takes once it has read what it goes by. */
function stageOf(text: string): Stage | undefined {
  if (/from dirty where .* for no key update/s.test(text)) return 'score';
  if (/from source_record where .* for no key update/s.test(text)) return 'resolve';
  return undefined;
}

function marksOf(text: string): Stage | undefined {
  if (!text.includes('as chunk, count')) return undefined;
  return text.includes('dirty_component') ? 'resolve' : 'score';
}
