/** Two listings of one product, submitted at the same moment to two workers, end in one golden record. */
import { expect, it } from 'vitest';
import { raceAll } from './races.js';

const SEED = 5;
const RACES = 500;

it(`ends ${RACES} races in one golden record each`, async () => {
  const { races, wrong, golden, overtaken } = await raceAll({ seed: SEED, races: RACES, together: 30 });
  console.log(`seed ${SEED}: ${JSON.stringify(races)}, ${overtaken} rounds with an overtaking`);
  expect(wrong).toEqual([]);
  expect(golden.found).toBe(golden.wanted);
  expect(Object.values(races).reduce((sum, n) => sum + n, 0)).toBe(RACES);
  for (const [kind, n] of Object.entries(races)) expect(n, kind).toBeGreaterThan(50);
  expect(overtaken).toBeGreaterThan(2);
}, 600_000);
