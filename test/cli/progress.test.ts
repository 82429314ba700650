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
const onTerminal = () => Object.assign(new PassThrough(), { isTTY: true });

test('tells count, share, rate and time left', () => {
  expect(progressText('ingest', 1200, 4800, 2)).toBe('ingest 1,200 of 4,800 (25%) · 600/s · 6.0s left');
  expect(progressText('ingest', 1200, undefined, 2)).toBe('ingest 1,200 · 600/s');
  expect(progressText('ingest', 1200, 481_200, 1)).toBe('ingest 1,200 of 481,200 (0%) · 1,200/s · 6m 40s left');
  expect(progressText('ingest', 0, 0, 0)).toBe('ingest 0 of 0 (100%)');
});

test('tells no rate of the first moment', () => {
  expect(progressText('ingest', 1200, 4800, 0.01)).toBe('ingest 1,200 of 4,800 (25%)');
});

test('is silent where stderr is not a terminal', () => {
  const stderr = new PassThrough();
  const shown = progress(io(stderr));
  shown.step('ingest', 10, 10);
  shown.done();
  expect(stderr.read()).toBeNull();
});

test('draws a step when it begins, and takes the line away at the end', () => {
  const stderr = onTerminal();
  const shown = progress(io(stderr));
  shown.step('ingest', 3);
  shown.step('harmonize', 4, 8);
  shown.done();
  expect(String(stderr.read())).toBe('\r\u001b[Kingest 3\r\u001b[Kharmonize 4 of 8 (50%)\r\u001b[K');
});

test('writes nothing of work that never began, nor after the end', () => {
  const stderr = onTerminal();
  const shown = progress(io(stderr));
  shown.done();
  shown.step('ingest', 1);
  shown.done();
  shown.done();
  expect(String(stderr.read())).toBe('\r\u001b[Kingest 1\r\u001b[K');
});
