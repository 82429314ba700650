import { describe, expect, it } from 'vitest';
import { judgeClock, judgeInfo } from '../../../../../src/platform/cache/redis/check/condition.js';

const INFO = {
  redis_version: '7.0.15',
  cluster_enabled: '0',
  role: 'master',
  maxmemory: '0',
  maxmemory_policy: 'noeviction',
};
const judge = (change: Partial<typeof INFO>) => {
  const lines = Object.entries({ ...INFO, ...change }).map(([name, value]) => `${name}:${value}`);
  return judgeInfo(['# Server', ...lines, ''].join('\r\n')).filter(({ state }) => state !== 'ok');
};

// What a server of the tests cannot be made to be.
describe('what INFO says', () => {
  it('is well for a server as it should be', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ redis_version: '10.1.0' })).toEqual([]);
  });

  it('names a version that is too old', () => {
    expect(judge({ redis_version: '5.0.14' })).toMatchObject([{ check: 'version', state: 'wrong' }]);
  });

  it('names a cluster', () => {
    expect(judge({ cluster_enabled: '1' })).toMatchObject([{ check: 'mode', state: 'wrong' }]);
  });
});

describe('a clock', () => {
  it('may differ by as much as the question took, and a little', () => {
    expect(judgeClock(['100', '0'], 90_000, 99_000).state).toBe('ok');
    expect(judgeClock(['100', '0'], 50_000, 150_000).state).toBe('ok');
    expect(judgeClock(['100', '0'], 105_000, 106_000).message).toContain('5.0 s behind');
    expect(judgeClock(['100', '500000'], 90_000, 90_000).message).toContain('10.5 s ahead of');
  });
});
