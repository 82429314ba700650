import { expect, it } from 'vitest';
import { parseTimestamp } from '../../src/ingest/timestamp.js';

const at = Date.UTC(2026, 7, 9, 6, 5, 4);

it.each([
  ['2026-08-09T06:05:04Z', at],
  ['2026-08-09T06:05:04', at],
  ['2026-08-09 06:05:04', at],
  ['2026-08-09 06:05', at - 4000],
  ['2026-08-09', Date.UTC(2026, 7, 9)],
  ['2026-08-09T08:05:04+02:00', at],
  ['2026-08-09T08:05:04.250+0200', at + 250],
  ['2026-08-09T01:05:04,5-05', at + 500],
  [' 2026-08-09T06:05:04 UTC ', at],
  ['Sun, 09 Aug 2026 06:05:04 GMT', at],
  [at, at],
  [at / 1000, at],
  [String(at / 1000), at],
  [String(at), at],
  ['2026-13-09T06:05:04Z', undefined],
  ['2026-08-09T0x:05:04Z', undefined],
  ['09/08/2026', undefined],
  ['yesterday', undefined],
  ['', undefined],
  [null, undefined],
  [-5, undefined],
  [Number.NaN, undefined],
])('%s', (value, expected) => {
  expect(parseTimestamp(value)).toBe(expected);
});
