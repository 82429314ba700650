import fc from 'fast-check';
import talismanJaro from 'talisman/metrics/jaro.js';
import talismanJaroWinkler from 'talisman/metrics/jaro-winkler.js';
import { describe, expect, it } from 'vitest';
import { jaroCodes, jaroWinkler, jaroWinklerCodes } from '../../../src/dedup/kernels/index.js';
import { padded, pairs } from './texts.js';

describe('jaroWinkler', () => {
  it('knows the cases of the books', () => {
    expect(jaroWinkler('MARTHA', 'MARHTA')).toBeCloseTo(0.9611, 4);
    expect(jaroWinkler('DWAYNE', 'DUANE')).toBeCloseTo(0.84, 4);
    expect(jaroWinkler('DIXON', 'DICKSONX')).toBeCloseTo(0.8133, 4);
    expect(jaroWinkler('', '')).toBe(1);
    expect(jaroWinkler('', 'a')).toBe(0);
    expect(jaroWinkler('a', 'b')).toBe(0);
  });

  it('gives the prefix nothing below the boost threshold', () => {
    const score = jaroWinkler('abcdefghij', 'abcdqrstuvwxyz');
    expect(score).toBeLessThan(0.7);
    expect(score).toBe(talismanJaro('abcdefghij', 'abcdqrstuvwxyz'));
  });

  it('equals talisman to the last bit on any pair', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(jaroWinkler(a, b)).toBe(talismanJaroWinkler(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it('equals talisman at every word boundary', () => {
    for (const n of [1, 2, 3, 31, 32, 33, 63, 64, 65, 96, 97, 129, 700]) {
      const a = Array.from({ length: n }, (_, i) => 'abcdefg'[(i * i + 3 * i) % 7]).join('');
      const b = Array.from({ length: n }, (_, i) => 'abcdefgh'[(i * i + i + 1) % 8]).join('');
      expect(jaroWinkler(a, b), `length ${n}`).toBe(talismanJaroWinkler(a, b));
      expect(jaroWinkler(b.slice(n >> 1), a), `length ${n}, half`).toBe(talismanJaroWinkler(b.slice(n >> 1), a));
    }
  });

  it('stays within its slices', () => {
    fc.assert(
      fc.property(pairs, fc.nat(5), fc.nat(5), ([a, b], before, after) => {
        const x = padded(a, before, after);
        const y = padded(b, after, before);
        expect(jaroWinklerCodes(x.codes, x.start, x.end, y.codes, y.start, y.end)).toBe(talismanJaroWinkler(a, b));
        expect(jaroCodes(x.codes, x.start, x.end, y.codes, y.start, y.end)).toBe(talismanJaro(a, b));
      }),
    );
  });
});
