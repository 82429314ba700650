/**
 * Workers and servers that are killed at any moment: nothing is lost, nothing is there twice. The golden records are those of
 * a quiet run without servers, and the topic, both search indices and the API say the same of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SmallWorld } from '../support/small-world.js';
import { differences, tellFaults } from './fault-report.js';
import { throughFaults } from './faults.js';
import { quietDays } from './quiet.js';

const SEED = 7;
const PRODUCTS = 700;
const FAULTS = { worker: 7, run: 2, kafka: 3, postgres: 4, redis: 3, elasticsearch: 1 };

const folder = mkdtempSync(join(tmpdir(), 'assay-faults-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('ends in the answers of a quiet run after twenty faults', async () => {
  const small = new SmallWorld(join(folder, 'small'), SEED, PRODUCTS, 3);
  const quiet = await quietDays(small);
  const outcome = await throughFaults(small, folder, { seed: SEED, faults: FAULTS, pause: 1500, workers: 2 });
  console.log(tellFaults(SEED, outcome));
  expect(outcome.injected).toEqual(FAULTS);
  expect(differences(quiet, outcome)).toEqual([]);
  expect(outcome.days.map(({ golden }) => golden.length > 300)).toEqual([true, true]);
  expect(outcome.underWay).toBeGreaterThan(10);
}, 300_000);
