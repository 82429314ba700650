import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BullSchedule, openBullSchedule } from '../../../../src/platform/schedule/bull/index.js';
import { type OwnServers, ownServers } from '../../../support/server-control.js';
import { freshNamespace } from '../../../support/servers.js';

const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 60_000, interval: 20 });

let own: OwnServers;
let namespace: string;
const schedules: BullSchedule[] = [];
const open = async (lockMs = 60_000): Promise<BullSchedule> => {
  const schedule = await openBullSchedule({ url: own.env.ASSAY_TEST_REDIS!, namespace, lockMs, checkMs: 50 });
  schedules.push(schedule);
  return schedule;
};

// It keeps nothing over a restart: what is planned has to come from the processes.
beforeAll(async () => {
  own = await ownServers(['redis'], { appendonly: false });
});
beforeEach(() => {
  namespace = freshNamespace();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-07T00:30:00Z') });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const schedule of schedules.splice(0)) await schedule.close();
});
afterAll(() => own.close());

describe('a Redis that is killed and comes back empty', () => {
  it('leaves a run going on, whose end is known afterwards, and is told the next time again', async () => {
    const schedule = await open();
    let runs = 0;
    let finish: () => void = () => {};
    let aborted = false;
    const run = (signal: AbortSignal): Promise<void> => {
      runs++;
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise((resolve) => (finish = resolve));
    };
    await schedule.define({ name: 'j', when: 'hourly', run });
    const triggered = schedule.trigger('j');
    await until(() => expect(runs).toBe(1));
    await own.set.kill('redis');
    await until(async () =>
      expect(await schedule.status()).toMatchObject([
        { name: 'j', running: true, lastError: expect.stringContaining('no job starts: redis does not answer') },
      ]),
    );
    await own.set.restart('redis');
    await until(async () => {
      const [status] = await schedule.status();
      expect(status).toMatchObject({ name: 'j', when: 'hourly', running: true });
      expect(status).not.toHaveProperty('lastError');
    });
    expect({ runs, aborted }).toEqual({ runs: 1, aborted: false });
    finish();
    await triggered;
    await until(async () =>
      expect(await schedule.status()).toMatchObject([{ running: false, lastFinished: expect.any(String) }]),
    );
    vi.setSystemTime(new Date('2026-01-07T01:00:01Z'));
    await until(() => expect(runs).toBe(2));
    finish();
  });

  it('is not needed to open and to define; what is defined runs when it is back', async () => {
    await own.set.kill('redis');
    const schedule = await open();
    let runs = 0;
    await schedule.define({ name: 'j', when: 'hourly', run: async () => void runs++ });
    await expect(schedule.trigger('j')).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
    const [status] = await schedule.status();
    expect(status).toMatchObject({ name: 'j', when: 'hourly', running: false, next: '2026-01-07T01:00:00.000Z' });
    expect(status?.lastError).toMatch(/no job starts: redis does not answer/);
    expect(schedule.guards()[0]?.failures).toBeGreaterThan(0);
    await own.set.restart('redis');
    await until(async () => expect(await schedule.trigger('j')).toBeUndefined());
    expect(runs).toBeGreaterThanOrEqual(1);
    const before = runs;
    const redis = new Redis(own.env.ASSAY_TEST_REDIS!);
    const planned = `${namespace}:bull:j:due.${Date.parse('2026-01-07T01:00:00Z')}`;
    await until(async () => expect(await redis.exists(planned)).toBe(1));
    redis.disconnect();
    vi.setSystemTime(new Date('2026-01-07T01:00:01Z'));
    await until(() => expect(runs).toBe(before + 1));
  });

  it('has a run told to stop when it stays away for longer than the lock lasts', async () => {
    const schedule = await open(900);
    let stopped = false;
    let begun = false;
    const run = async (signal: AbortSignal): Promise<void> => {
      begun = true;
      await sleep(3_600_000, undefined, { signal }).catch(() => {
        stopped = true;
      });
    };
    await schedule.define({ name: 'j', when: 'hourly', run });
    const triggered = schedule.trigger('j');
    await until(() => expect(begun).toBe(true));
    await own.set.kill('redis');
    await until(() => expect(stopped).toBe(true));
    await triggered;
    await own.set.restart('redis');
    begun = false;
    stopped = false;
    await until(() => {
      schedule.trigger('j').catch(() => {});
      expect(begun).toBe(true);
    });
  });

  it('does not hold up a schedule that is closed', async () => {
    const schedule = await open();
    await schedule.define({ name: 'j', when: 'hourly', run: (signal) => sleep(3_600_000, undefined, { signal }) });
    const triggered = schedule.trigger('j');
    await until(async () => expect(await schedule.status()).toMatchObject([{ running: true }]));
    await own.set.kill('redis');
    await schedule.close();
    await triggered;
    await own.set.restart('redis');
  });
});
