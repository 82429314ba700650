import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { openBullSchedule } from '../../src/platform/schedule/bull/index.js';
import { forgetNamespaces, redisNamespace } from '../platform/cache/redis/namespace.js';
import { servers } from '../support/servers.js';
import { describeSchedule } from './schedule.js';

const CHECK_MS = 20;

// Times are reckoned by a clock that the test sets; what waits for Redis waits for real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-07T00:30:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(forgetNamespaces);

describeSchedule('bull', async () => ({
  schedule: await openBullSchedule({ url: servers().redis, namespace: redisNamespace(), checkMs: CHECK_MS }),
  passTo: async (time) => {
    vi.setSystemTime(new Date(`2026-01-07T${time}Z`));
    await sleep(5 * CHECK_MS);
  },
}));
