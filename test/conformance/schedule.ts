import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/platform/schedule/index.js';

export interface OpenedSchedule {
  schedule: Schedule;
  /** Lets the time go on, at once, to `HH:MM:SS` of 2026-01-07 (a Wednesday), UTC; it starts at 00:30:00. */
  passTo(time: string): Promise<void>;
}

/** What the schedule's contract promises, for any adapter. */
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

    it('knows the next time of every kind of schedule, in UTC', async () => {
      const times = {
        hourly: '2026-01-07T01:00',
        daily: '2026-01-08T00:00',
        weekly: '2026-01-12T00:00',
        '*/20 3 * * *': '2026-01-07T03:00',
      };
      for (const when of Object.keys(times)) await schedule.define({ name: when, when, run: async () => {} });
      for (const [when, next] of Object.entries(times)) expect((await statusOf(when))?.next).toBe(`${next}:00.000Z`);
      await expect(schedule.define({ name: 'x', when: 'now and then', run: async () => {} })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
      await expect(schedule.define({ name: 'x', when: '* * * * * *', run: async () => {} })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
    });

    it('runs a job at its times', async () => {
      let runs = 0;
      await schedule.define({ name: 'j', when: 'hourly', run: async () => void runs++ });
      await opened.passTo('00:59:59');
      expect(runs).toBe(0);
      await opened.passTo('01:00:01');
      expect(runs).toBe(1);
      await opened.passTo('02:00:01');
      expect(runs).toBe(2);
      expect(await statusOf('j')).toMatchObject({ running: false, skipped: 0, next: '2026-01-07T03:00:00.000Z' });
    });

    it('never runs a job twice at once: a trigger joins, a time that passes is skipped and counted', async () => {
      let runs = 0;
      let finish: () => void = () => {};
      const run = (): Promise<void> => {
        runs++;
        return new Promise((resolve) => (finish = resolve));
      };
      await schedule.define({ name: 'j', when: 'hourly', run });
      const first = schedule.trigger('j');
      const second = schedule.trigger('j');
      await opened.passTo('01:00:01');
      expect(runs).toBe(1);
      expect(await statusOf('j')).toMatchObject({ running: true, skipped: 1 });
      finish();
      await Promise.all([first, second]);
      await opened.passTo('02:00:01');
      expect(runs).toBe(2);
      finish();
    });

    it('records what a job throws, and goes on', async () => {
      let runs = 0;
      const run = async (): Promise<void> => {
        if (++runs === 1) throw new Error('out of paper');
      };
      await schedule.define({ name: 'j', when: 'hourly', run });
      await opened.passTo('01:00:01');
      expect(await statusOf('j')).toMatchObject({ lastError: 'out of paper' });
      await opened.passTo('02:00:01');
      expect((await statusOf('j'))?.lastError).toBeUndefined();
      await expect(schedule.trigger('unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('tells a running job to stop when it is closed, and waits for it', async () => {
      let stopped = false;
      const run = (signal: AbortSignal): Promise<void> =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            stopped = true;
            resolve();
          }),
        );
      await schedule.define({ name: 'j', when: 'daily', run });
      const running = schedule.trigger('j');
      await schedule.close();
      expect(stopped).toBe(true);
      await running;
    });
  });
}
