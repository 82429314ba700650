import { expect, it } from 'vitest';
import { Interner } from '../../../src/dedup/encode/interner.js';

it('numbers texts by first sight, until it is closed', () => {
  const interner = new Interner();
  const long = 'a rather long word Ωmega';
  expect(['b', long, 'b', `${'a rather long word'} Ωmega`, 'c'].map((text) => interner.intern(text))).toEqual([
    0, 1, 0, 1, 2,
  ]);
  expect(interner.texts).toEqual(['b', long, 'c']);
  interner.close();
  expect(interner.texts[1]).toBe(long);
  expect(() => interner.intern('b')).toThrow('frozen');
});
