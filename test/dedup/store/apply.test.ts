/** What a batch counts: once, however often it was attempted. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyBatch } from '../../../src/dedup/store/index.js';
import { AssayError } from '../../../src/errors.js';
import { Counters } from '../../../src/observe/counters.js';
import type { Database, Sql } from '../../../src/platform/database/port.js';
import { canonicalBatch } from '../../support/canonical.js';
import { catalogue } from '../../support/catalogue.js';
import { testModel } from '../../support/reconcile.js';
import { openStore } from '../../support/store.js';

let database: Database;
beforeEach(async () => {
  database = await openStore();
});
afterEach(() => database.close());

const events = catalogue(3, 20).base;
const batch = canonicalBatch([...events, events[0]!], 0);
const model = testModel();

/** The store with transactions that fail in their last statement but one, `times` in all. */
function failing(times: number): Database {
  let left = times;
  return new Proxy(database, {
    get(target, name) {
      if (name !== 'transaction') return Reflect.get(target, name).bind(target);
      return async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
        for (;;)
          try {
            return await target.transaction(async (tx) => {
              const result = await work(tx);
              if (left-- > 0) throw new AssayError('DATABASE', 'deadlock', { details: { sqlstate: '40P01' } });
              return result;
            });
          } catch (error) {
            // As adapters do it: what lost a race is tried again.
            if (!(error instanceof AssayError) || error.details.sqlstate !== '40P01') throw error;
          }
      };
    },
  });
}

const told = (counters: Counters): string[] =>
  [...counters.entries()].map(({ source, outcome, count }) => `${source} ${outcome} ${count}`).sort();

it('counts a batch once whose transaction was tried again', async () => {
  const counters = new Counters();
  const changed = await applyBatch(batch, { database: failing(2), counters, model, runId: 1 });
  const sum = (outcome: string) =>
    ['alpha', 'beta', 'gamma'].reduce((n, source) => n + counters.get('dedup', source, outcome), 0);
  expect(changed).toBe(events.length);
  expect([sum('received'), sum('applied'), sum('dropped:older_version')]).toEqual([
    events.length + 1,
    events.length,
    1,
  ]);
});

it('counts nothing of a batch that another worker applied', async () => {
  await applyBatch(batch, { database, counters: new Counters(), model, runId: 1 });
  const counters = new Counters();
  await expect(applyBatch(batch, { database, counters, model, runId: 1 })).rejects.toMatchObject({
    code: 'OFFSET_CONFLICT',
  });
  expect(told(counters)).toEqual([]);
});
