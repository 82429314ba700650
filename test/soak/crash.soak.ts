import { expect, it } from 'vitest';
import { crashAndCompare } from '../integrity/crash.js';

const first = Number(process.env.ASSAY_SOAK_SEED ?? 1);
const minutes = Number(process.env.ASSAY_SOAK_MINUTES ?? 10);

it(`ends the same after kills, seeds from ${first}, for ${minutes} minutes`, async () => {
  const end = performance.now() + minutes * 60_000;
  let kills = 0;
  let seed = first;
  do {
    // Catalogues of 60 to 300 products, so that kills meet every step at several sizes.
    const outcome = await crashAndCompare(seed, 20, 60 + ((seed * 60) % 300));
    expect(outcome.differences.slice(0, 5), `seed ${seed}`).toEqual([]);
    kills += outcome.kills;
    console.log(`seed ${seed}: ${outcome.kills} kills, ${outcome.rows} rows equal; ${kills} kills so far`);
    seed++;
  } while (performance.now() < end);
});
