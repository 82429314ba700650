import { expect, it } from 'vitest';
import { raceAll } from '../integrity/races.js';
import { isOver, MINUTES, RACES, SEED } from './options.js';

/** Races in one store: each is a world of its own, with other records in it before. In larger ones they take longer. */
const IN_ONE_STORE = 500;
/** Stores side by side: workers wait more than they work. */
const STORES = 4;

it(`ends ${RACES} races in one golden record each, seeds from ${SEED}, within ${MINUTES} minutes`, async () => {
  const began = performance.now();
  const tell = (text: string) => console.log(`${((performance.now() - began) / 60_000).toFixed(1)} min: ${text}`);
  let seed = SEED;
  let begun = 0;
  let done = 0;
  await Promise.all(
    Array.from({ length: STORES }, async () => {
      while (begun < RACES && !isOver()) {
        const mine = seed++;
        const races = Math.min(IN_ONE_STORE, RACES - begun);
        begun += races;
        const { wrong, golden } = await raceAll({ seed: mine, races, together: 50 });
        expect(wrong.slice(0, 20), `seed ${mine}`).toEqual([]);
        expect(golden.found, `seed ${mine}`).toBe(golden.wanted);
        done += races;
        tell(`seed ${mine}: ${done} races so far, all in one golden record each`);
      }
    }),
  );
  tell(done < RACES ? `the time was over after ${done} of ${RACES} races` : `${done} races`);
});
