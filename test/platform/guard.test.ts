import { expect, it } from 'vitest';
import { Guard, isConnectionLost, isUnavailable } from '../../src/platform/guard.js';

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const open = (options: object = {}) =>
  new Guard({ name: 'redis', timeoutMs: 1000, pauseMs: 1, openMs: 20, isOutage: isConnectionLost, ...options });

it('repeats what found the server away, and counts it', async () => {
  const guard = open();
  let calls = 0;
  const answer = await guard.run(async () => {
    if (++calls < 3) throw away();
    return 'pong';
  });
  expect(answer).toBe('pong');
  expect(guard.state()).toMatchObject({ breaker: 'closed', calls: 1, failures: 2, retries: 2, refused: 0 });
});

it('passes errors of a working server through, once', async () => {
  const guard = open();
  let calls = 0;
  const refused = new Error('WRONGTYPE');
  await expect(
    guard.run(async () => {
      calls++;
      throw refused;
    }),
  ).rejects.toBe(refused);
  expect(calls).toBe(1);
  expect(guard.state()).toMatchObject({ failures: 0, retries: 0 });
});

it('limits the time of an attempt', async () => {
  const guard = open({ timeoutMs: 5, attempts: 2 });
  const error = await guard.run(() => new Promise(() => {})).catch((caught: unknown) => caught);
  expect(isUnavailable(error)).toBe(true);
  expect(String(error)).toContain('no answer within 5 ms');
  expect(guard.state()).toMatchObject({ failures: 2, timeouts: 2 });
});

it('refuses at once while the breaker is open, and tries again after a while', async () => {
  const guard = open({ attempts: 1, threshold: 2 });
  for (let i = 0; i < 2; i++) await guard.run(() => Promise.reject(away())).catch(() => undefined);
  expect(guard.state().breaker).toBe('open');
  let asked = false;
  const error = await guard
    .run(async () => {
      asked = true;
    })
    .catch((caught: unknown) => caught);
  expect(isUnavailable(error)).toBe(true);
  expect(asked).toBe(false);
  expect(guard.state().refused).toBe(1);
  for (let tries = 0; tries < 200; tries++) {
    try {
      expect(await guard.run(async () => 'back')).toBe('back');
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  expect(guard.state().breaker).toBe('closed');
});

it('knows lost connections in causes and aggregates', () => {
  expect(isConnectionLost(new Error('no', { cause: away() }))).toBe(true);
  expect(isConnectionLost(new AggregateError([away()], 'all failed'))).toBe(true);
  expect(isConnectionLost(new Error('no'))).toBe(false);
});
