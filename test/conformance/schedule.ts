import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTime, type Schedule } from '../../src/platform/schedule/index.js';

export interface OpenedSchedule {
  schedule: Schedule;
  /** Lets the time go on, at once, to `HH:MM:SS` of 2026-01-07 (a Wednesday), UTC; it starts at 00:30:00. */
  passTo(time: string): Promise<void>;
}

/** What the schedule's contract promises, for any adapter. What happens is waited for, however long it takes. */
export function describeSchedule(name: string, open: () => Promise<OpenedSchedule>): void {
  describe(`schedule contract: ${name}`, () => {
    let opened: OpenedSchedule;
    let schedule: Schedule;
    beforeEach(async () => {
      opened = await open();
      schedule = opened.schedule;
    });
    afterEach(() => schedule.close());
    const statusOf = async (job: string) => (await schedule.status()).find((status) => status.name === job);
    const until = (condition: () => unknown) => vi.waitFor(condition, { timeout: 30_000, interval: 10 });
    const ended = (job: string) => until(async () => expect(await statusOf(job)).toMatchObject({ running: false }));

    it('knows the next time of every kind of schedule, in UTC', async () => {
      const times = {
        hourly: '2026-01-07T01:00',
        daily: '2026-01-08T00:00',
        weekly: '2026-01-12T00:00',
        '*/20 3 * * *': '2026-01-07T03:00',
      };
      for (const when of Object.keys(times)) await schedule.define({ name: when, when, run: async () => {} });
      for (const [when, next] of Object.entries(times)) {
        expect(await statusOf(when)).toMatchObject({ when, next: `${next}:00.000Z`, running: false, skipped: 0 });
        expect(new Date(nextTime(when, Date.now())).toISOString()).toBe(`${next}:00.000Z`);
      }
      await expect(schedule.define({ name: 'x', when: 'now and then', run: async () => {} })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
      await expect(schedule.define({ name: 'x', when: '* * * * * *', run: async () => {} })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
    });

    it('runs a job at its times', async () => {
      let runs = 0;
      await schedule.define({ name: 'pull:a/b ü', when: 'hourly', run: async () => void runs++ });
      await opened.passTo('00:59:59');
      expect(runs).toBe(0);
      await opened.passTo('01:00:01');
      await until(() => expect(runs).toBe(1));
      await ended('pull:a/b ü');
      await opened.passTo('02:00:01');
      await until(() => expect(runs).toBe(2));
      await ended('pull:a/b ü');
      expect(await statusOf('pull:a/b ü')).toMatchObject({ skipped: 0, next: '2026-01-07T03:00:00.000Z' });
      expect((await statusOf('pull:a/b ü'))?.lastFinished).toMatch(/^2026-01-07T02:00:0/);
    });

    it('runs a job that is defined anew at its new times, with its new handler', async () => {
      const runs: string[] = [];
      await schedule.define({ name: 'j', when: '0 2 * * *', run: async () => void runs.push('old') });
      await schedule.define({ name: 'j', when: '0 3 * * *', run: async () => void runs.push('new') });
      expect((await statusOf('j'))?.next).toBe('2026-01-07T03:00:00.000Z');
      await opened.passTo('02:30:00');
      await opened.passTo('03:00:01');
      await until(() => expect(runs.length).toBeGreaterThan(0));
      await ended('j');
      expect(runs).toEqual(['new']);
    });

    it('never runs a job twice at once: a trigger joins, a time that passes is skipped and counted', async () => {
      let runs = 0;
      let atOnce = 0;
      let most = 0;
      let finish: () => void = () => {};
      const run = async (): Promise<void> => {
        runs++;
        most = Math.max(most, ++atOnce);
        await new Promise<void>((resolve) => (finish = resolve));
        atOnce--;
      };
      await schedule.define({ name: 'j', when: 'hourly', run });
      const first = schedule.trigger('j');
      const second = schedule.trigger('j');
      await until(() => expect(runs).toBe(1));
      await opened.passTo('01:00:01');
      await until(async () => expect(await statusOf('j')).toMatchObject({ running: true, skipped: 1 }));
      const third = schedule.trigger('j');
      expect(runs).toBe(1);
      finish();
      await Promise.all([first, second, third]);
      expect(await statusOf('j')).toMatchObject({ running: false, skipped: 1 });
      await opened.passTo('02:00:01');
      await until(() => expect(runs).toBe(2));
      finish();
      await ended('j');
      expect(most).toBe(1);
    });

    it('runs other jobs beside one that runs', async () => {
      let finish: (() => void) | undefined;
      let runs = 0;
      await schedule.define({ name: 'long', when: 'daily', run: () => new Promise((resolve) => (finish = resolve)) });
      await schedule.define({ name: 'short', when: 'daily', run: async () => void runs++ });
      const long = schedule.trigger('long');
      await until(() => expect(finish).toBeDefined());
      await schedule.trigger('short');
      expect(runs).toBe(1);
      finish?.();
      await long;
    });

    it('records what a job throws, and goes on', async () => {
      let runs = 0;
      const run = async (): Promise<void> => {
        if (++runs === 1) throw new Error('out of paper');
      };
      await schedule.define({ name: 'j', when: 'hourly', run });
      await opened.passTo('01:00:01');
      await until(async () => expect(await statusOf('j')).toMatchObject({ lastError: 'out of paper', running: false }));
      await opened.passTo('02:00:01');
      await until(async () => expect(await statusOf('j')).not.toHaveProperty('lastError'));
      expect(runs).toBe(2);
      await expect(schedule.trigger('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('ends a trigger when the run has ended, also one that failed, and runs again at the next', async () => {
      let runs = 0;
      const run = async (): Promise<void> => {
        runs++;
        throw new Error('again nothing');
      };
      await schedule.define({ name: 'j', when: 'daily', run });
      await schedule.trigger('j');
      expect(runs).toBe(1);
      expect(await statusOf('j')).toMatchObject({ running: false, lastError: 'again nothing' });
      await schedule.trigger('j');
      expect(runs).toBe(2);
    });

    it('tells a running job to stop when it is closed, and waits for it', async () => {
      let begun = false;
      let stopped = false;
      const run = (signal: AbortSignal): Promise<void> =>
        new Promise((resolve) => {
          begun = true;
          signal.addEventListener('abort', () => {
            stopped = true;
            resolve();
          });
        });
      await schedule.define({ name: 'j', when: 'daily', run });
      const running = schedule.trigger('j');
      await until(() => expect(begun).toBe(true));
      await schedule.close();
      expect(stopped).toBe(true);
      await running;
      await expect(schedule.trigger('j')).rejects.toMatchObject({ code: 'NOT_READY' });
      await expect(schedule.define({ name: 'j', when: 'daily', run })).rejects.toMatchObject({ code: 'NOT_READY' });
      await schedule.close();
    });
  });
}
