import { expect, it } from 'vitest';
import { raceAll } from '../integrity/races.js';
import { isOver, MINUTES, RACES, SEED } from './options.js';

/** Races in one store: each is a world of its own, with other records in it before. */
const IN_ONE_STORE = 5000;

it(`ends ${RACES} races in one golden record each, seeds from ${SEED}, within ${MINUTES} minutes`, async () => {
  const began = performance.now();
  const tell = (text: string) => console.log(`${((performance.now() - began) / 60_000).toFixed(1)} min: ${text}`);
  let done = 0;
  for (let seed = SEED; done < RACES && !isOver(); seed++) {
    const races = Math.min(IN_ONE_STORE, RACES - done);
    const { wrong, golden, races: kinds } = await raceAll({ seed, races, together: 100 });
    expect(wrong.slice(0, 20), `seed ${seed}`).toEqual([]);
    expect(golden.found, `seed ${seed}`).toBe(golden.wanted);
    done += races;
    tell(`seed ${seed}: ${JSON.stringify(kinds)}; ${done} races so far, all in one golden record each`);
  }
  tell(done < RACES ? `the time was over after ${done} of ${RACES} races` : `${done} races`);
});
