import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BullSchedule, openBullSchedule } from '../../../../src/platform/schedule/bull/index.js';
import { servers } from '../../../support/servers.js';
import { forgetNamespaces, redisNamespace } from '../../cache/redis/namespace.js';
import { built, Child } from '../../child.js';
import { worker } from './worker.js';

const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 60_000, interval: 20 });

let place: { url: string; namespace: string; lockMs: number };
const children: Child[] = [];
const schedules: BullSchedule[] = [];
const start = (lasts?: number): Child => {
  const child = worker(place, lasts);
  children.push(child);
  return child;
};
const open = async (): Promise<BullSchedule> => {
  const schedule = await openBullSchedule({ ...place, checkMs: 50 });
  schedules.push(schedule);
  return schedule;
};

beforeEach(() => {
  place = { url: servers().redis, namespace: redisNamespace(), lockMs: 20_000 };
});
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.close();
  for (const child of children.splice(0)) await child.kill();
});
afterAll(forgetNamespaces);

describe('a schedule over several processes', () => {
  it('never runs a job twice at once, whoever triggers it', async () => {
    const [one, two] = [start(20), start(20)];
    await Promise.all([one.says('ready'), two.says('ready')]);
    const here = await open();
    const ROUNDS = 15;
    for (let round = 0; round < ROUNDS; round++) {
      one.process.stdin?.write(`${round}\n`);
      two.process.stdin?.write(`${round}\n`);
      await here.trigger('j');
    }
    await Promise.all([one, two].map((child) => child.says(`triggered ${ROUNDS - 1}`)));
    const begun = [one, two].flatMap(({ output }) => output.match(/^begin \d+$/gm) ?? []);
    expect(new Set(begun)).toEqual(new Set(['begin 1']));
    expect(begun.length).toBeGreaterThanOrEqual(ROUNDS);
    expect([one, two].map(({ errors }) => errors)).toEqual(['', '']);
  });

  it('tells the same of its jobs in every process', async () => {
    const child = start();
    await child.says('ready');
    const here = await open();
    const away = here.trigger('j');
    await child.says('begin 1');
    expect(await here.status()).toMatchObject([{ name: 'j', when: 'hourly', running: true, skipped: 0 }]);
    child.process.stdin?.write('status\n');
    await child.says('"name":"j"');
    const told = JSON.parse(/^\[.*\]$/m.exec(child.output)?.[0] ?? '[]');
    expect(told).toEqual(await here.status());
    // The end of its input closes the child's schedule.
    child.process.stdin?.end();
    await child.says('closed');
    await away;
    const [status] = await here.status();
    expect(status).toMatchObject({ running: false });
    expect(Date.parse(status?.lastFinished ?? '')).toBeGreaterThanOrEqual(Date.parse(status?.lastStarted ?? ''));
    await expect(here.trigger('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('frees the job of a process that is killed, and another runs it again', async () => {
    place.lockMs = 1500;
    const child = start();
    await child.says('ready');
    const watcher = await open();
    const triggered = watcher.trigger('j');
    await child.says('begin 1');
    let runs = 0;
    const heir = await open();
    await heir.define({ name: 'j', when: 'hourly', run: async () => void runs++ });
    const joined = heir.trigger('j');
    expect(runs).toBe(0);
    await child.kill();
    await Promise.all([triggered, joined]);
    expect(runs).toBe(1);
    await until(async () => expect(await heir.status()).toMatchObject([{ running: false, skipped: 0 }]));
    expect(runs).toBe(1);
  });

  it('tells a run to stop when its lock was taken by another process', async () => {
    place.lockMs = 1000;
    const [slow, heir] = [await open(), await open()];
    let reason: unknown;
    const run = (signal: AbortSignal): Promise<void> =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          resolve();
        }),
      );
    await slow.define({ name: 'j', when: 'hourly', run });
    const triggered = slow.trigger('j');
    await until(async () => expect(await heir.status()).toMatchObject([{ running: true }]));
    // As if this process had stood still for longer than the lock lasts.
    const redis = new Redis(place.url);
    await redis.set(`${place.namespace}:schedule:run:j`, 'another|due.1', 'PX', 2000);
    redis.disconnect();
    await until(() => expect(reason).toMatchObject({ code: 'PLATFORM_UNAVAILABLE' }));
    await triggered;
  });

  it('runs at the times of the newest definition, from whichever process it is', async () => {
    const [one, two] = [await open(), await open()];
    await one.define({ name: 'j', when: 'hourly', run: async () => {} });
    await two.define({ name: 'j', when: 'weekly', run: async () => {} });
    const [status] = await one.status();
    expect(status).toMatchObject({ when: 'weekly' });
    expect(await two.status()).toEqual([status]);
  });

  it('holds up no process that ends', async () => {
    const child = new Child(`
      import { openBullSchedule } from ${JSON.stringify(built('platform/schedule/bull/index.js'))};
      const schedule = await openBullSchedule(${JSON.stringify(place)});
      await schedule.define({ name: 'j', when: 'hourly', run: async () => {} });
      await schedule.trigger('j');
      await schedule.close();
      // What is left would last for longer than a connection may be silent.
      setTimeout(() => process.exit(1), 5000).unref();`);
    children.push(child);
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });

  it('lets its process end when it is closed before Bull has all its connections', async () => {
    const child = new Child(`
      import { openBullSchedule } from ${JSON.stringify(built('platform/schedule/bull/index.js'))};
      const schedule = await openBullSchedule(${JSON.stringify(place)});
      for (const name of ['a', 'b', 'c']) await schedule.define({ name, when: 'hourly', run: async () => {} });
      await schedule.close();
      setTimeout(() => process.exit(1), 5000).unref();`);
    children.push(child);
    expect(await child.ended).toEqual({ code: 0, signal: null });
  });
});
