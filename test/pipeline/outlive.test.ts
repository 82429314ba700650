import { describe, expect, it } from 'vitest';
import { AssayError } from '../../src/errors.js';
import { createLogger } from '../../src/observe/index.js';
import { Notices } from '../../src/pipeline/notices.js';
import { outlive } from '../../src/pipeline/outlive.js';

const away = (): AssayError => new AssayError('PLATFORM_UNAVAILABLE', 'kafka does not answer');

function run() {
  const stop = new AbortController();
  const notices = new Notices();
  const logger = createLogger({ level: 'fatal', destination: { write: () => undefined } });
  return { stop, notices, context: { signal: stop.signal, notices, logger } };
}

describe('a step of a run', () => {
  it('is begun again while a server is away, which is told', async () => {
    const { notices, context } = run();
    let attempts = 0;
    const done = await outlive(context, 'harmonize', async () => {
      if (++attempts < 3) throw away();
      return 'done';
    });
    expect([done, attempts]).toEqual(['done', 3]);
    expect(notices.list()).toHaveLength(2);
    expect(notices.list()[0]).toMatchObject({
      source: 'harmonize',
      code: 'STEP_AGAIN',
      message: expect.stringContaining('kafka does not answer'),
    });
  });

  it('is given up when the server stays away', async () => {
    const { notices, context } = run();
    await expect(outlive(context, 'apply', () => Promise.reject(away()), 300)).rejects.toThrow(/does not answer/);
    expect(notices.list().length).toBeGreaterThan(0);
  });

  it('fails at once for any other reason, and when the run was told to stop', async () => {
    const { stop, notices, context } = run();
    await expect(outlive(context, 'apply', () => Promise.reject(new Error('odd')))).rejects.toThrow('odd');
    stop.abort();
    await expect(outlive(context, 'apply', () => Promise.reject(away()))).rejects.toThrow(/does not answer/);
    expect(notices.list()).toEqual([]);
  });
});
