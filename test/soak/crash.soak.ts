import { expect, it } from 'vitest';
import { crashAndCompare } from '../integrity/crash.js';
import { isOver, MINUTES, SEED } from './options.js';

it(`ends the same after kills, seeds from ${SEED}, for ${MINUTES} minutes`, async () => {
  let kills = 0;
  let seed = SEED;
  do {
    // Catalogues of 60 to 300 products, so that kills meet every step at several sizes.
    const outcome = await crashAndCompare(seed, 20, 60 + ((seed * 60) % 300));
    expect(outcome.differences.slice(0, 5), `seed ${seed}`).toEqual([]);
    kills += outcome.kills;
    console.log(`seed ${seed}: ${outcome.kills} kills, ${outcome.rows} rows equal; ${kills} kills so far`);
    seed++;
  } while (!isOver());
});
