import { expect, it } from 'vitest';
import { type IngestSource, scheduleSources } from '../../src/ingest/index.js';
import { createTimerSchedule } from '../../src/platform/schedule/index.js';

it('pulls each source by its own schedule, once at a time', async () => {
  const schedule = createTimerSchedule();
  const source = (name: string, when: string): IngestSource & { schedule: string } => ({
    name,
    connector: { type: 'csv', path: 'x.csv' },
    contract: 'any',
    feed: 'full',
    withdraw: { policy: 'keep', maxShare: 0 },
    key: 'id',
    schedule: when,
  });
  const pulled: string[] = [];
  try {
    await scheduleSources(schedule, [source('a', 'hourly'), source('b', '5 4 * * *')], async (name) => {
      pulled.push(name);
    });
    expect((await schedule.status()).map(({ name, when }) => [name, when])).toEqual([
      ['pull:a', 'hourly'],
      ['pull:b', '5 4 * * *'],
    ]);
    await Promise.all([schedule.trigger('pull:b'), schedule.trigger('pull:b')]);
    expect(pulled).toEqual(['b']);
  } finally {
    await schedule.close();
  }
});
