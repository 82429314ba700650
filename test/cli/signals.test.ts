import { expect, test } from 'vitest';
import { interruptible } from '../../src/cli/signals.js';

test('the first Ctrl-C aborts; after it the second one has its default effect', () => {
  const before = process.listeners('SIGINT');
  const { signal, release } = interruptible();
  const [handler] = process.listeners('SIGINT').filter((listener) => !before.includes(listener));
  expect(signal.aborted).toBe(false);
  handler!('SIGINT');
  expect(signal.aborted).toBe(true);
  expect(process.listeners('SIGINT')).toEqual(before);
  release();
});

test('a reader that goes away aborts', () => {
  const before = process.stdout.listeners('error');
  const { signal, release } = interruptible();
  const [handler] = process.stdout.listeners('error').filter((listener) => !before.includes(listener));
  handler!(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  expect(signal.aborted).toBe(true);
  release();
  expect(process.stdout.listeners('error')).toEqual(before);
});
