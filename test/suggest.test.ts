import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../src/config/index.js';

test('finds what was most likely meant', () => {
  expect(nearest('prot', ['host', 'port'])).toBe('port');
  expect(nearest('segmentBytes', ['partitions', 'segment_bytes'])).toBe('segment_bytes');
  expect(nearest('dayly', ['hourly', 'daily', 'weekly'])).toBe('daily');
  expect(didYouMean('servre', ['server'])).toBe(' (did you mean "server"?)');
});

test('is silent when nothing is near', () => {
  expect(nearest('colour', ['price', 'title'])).toBeUndefined();
  expect(nearest('xy', ['ab', 'b'])).toBeUndefined();
  expect(didYouMean('x', [])).toBe('');
});
