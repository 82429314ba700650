import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { progress, progressText } from '../../src/cli/progress.js';

const io = (stderr: PassThrough) => ({
  stdout: new PassThrough(),
  stderr,
  env: {},
  cwd: '.',
  signal: new AbortController().signal,
});

test('tells count, share, rate and time left', () => {
  expect(progressText('ingest', 1200, 4800, 2, false)).toBe('ingest 1,200 of 4,800 (25%) · 600/s · 6.0s left');
  expect(progressText('ingest', 1200, undefined, 2, false)).toBe('ingest 1,200 · 600/s');
  expect(progressText('ingest', 1200, 4800, 120, true)).toBe('ingest 1,200 · 10/s · 2m 0s');
  expect(progressText('ingest', 0, 0, 0, false)).toBe('ingest 0 of 0 (100%)');
});

test('is silent where stderr is not a terminal', () => {
  const stderr = new PassThrough();
  const line = progress(io(stderr), 'ingest', 10);
  line.tick(10);
  line.done();
  expect(stderr.read()).toBeNull();
});

test('ends its line on a terminal', () => {
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  const line = progress(io(stderr), 'ingest');
  line.tick(3);
  line.tick();
  line.done();
  expect(String(stderr.read())).toMatch(/ingest 4.*\n$/s);
});
