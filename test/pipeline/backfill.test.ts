import { afterEach, beforeEach, expect, it } from 'vitest';
import { backfillByWorkers } from '../../src/pipeline/backfill.js';
import type { Database } from '../../src/platform/database/port.js';
import { createTimerSchedule, type Schedule } from '../../src/platform/schedule/index.js';
import { openStore } from '../support/store.js';

let database: Database;
let schedule: Schedule;
beforeEach(async () => {
  database = await openStore();
  schedule = createTimerSchedule();
  await database.query(`insert into source_state (source, state, updated_at)
    select source, '{}', now() from unnest('{good,late,broken,alone}'::text[]) as source`);
});
afterEach(async () => {
  await schedule.close();
  await database.close();
});

/** What a pull that reads everything does to the state. */
const read = (source: string) =>
  database.query(`update source_state set state = state - 'backfill' where source = $1`, [source]);

it('has the processes of the schedule pull, and tells who was read, who waits and who is pulled by nobody', async () => {
  const pulls: string[] = [];
  const job = (source: string, work: () => Promise<unknown>) =>
    schedule.define({
      name: `pull:${source}`,
      when: 'weekly',
      run: async () => {
        pulls.push(source);
        await work();
      },
    });
  await job('good', () => read('good'));
  // As a pull that had begun before it was asked for.
  await job('late', async () => (pulls.filter((source) => source === 'late').length === 2 ? read('late') : undefined));
  await job('broken', async () => {
    throw new Error('the feed is away');
  });
  expect(await backfillByWorkers({ database, schedule }, ['good', 'late', 'broken', 'alone'])).toEqual({
    done: ['good', 'late'],
    waiting: ['broken'],
    unscheduled: ['alone'],
  });
  expect(pulls.sort()).toEqual(['broken', 'broken', 'good', 'late', 'late']);
});
