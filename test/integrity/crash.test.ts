/** Nothing lost, nothing twice: a run that is killed at any moment and taken up ends in the tables of a quiet run. */
import { expect, it } from 'vitest';
import { crashAndCompare } from './crash.js';

it.each([11, 12])(
  'ends the same after ten kills (seed %i)',
  async (seed) => {
    const { kills, differences, rows } = await crashAndCompare(seed, 10, 80);
    expect(differences.slice(0, 5)).toEqual([]);
    expect(rows).toBeGreaterThan(500);
    expect(kills).toBe(10);
  },
  300_000,
);
