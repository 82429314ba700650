import { afterEach, beforeEach, vi } from 'vitest';
import { createTimerSchedule } from '../../src/platform/schedule/index.js';
import { describeSchedule } from './schedule.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date('2026-01-07T00:30:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

describeSchedule('timers', async () => ({
  schedule: createTimerSchedule(),
  passTo: async (time) => {
    await vi.advanceTimersByTimeAsync(Date.parse(`2026-01-07T${time}Z`) - Date.now());
  },
}));
