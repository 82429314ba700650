import { expect, test } from 'vitest';
import { readableLine } from '../../src/cli/log-line.js';

test('tells time, level, message, cause and fields', () => {
  const line = {
    level: 40,
    time: Date.UTC(2026, 2, 1, 12, 3, 44),
    msg: 'no answer',
    source: 'shop',
    tries: 3,
    err: { message: 'refused' },
  };
  expect(readableLine(`${JSON.stringify(line)}\n`)).toBe(
    '\r\u001b[K12:03:44 warn  no answer: refused source=shop tries=3\n',
  );
});
