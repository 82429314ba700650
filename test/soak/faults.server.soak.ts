import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { differences, tellFaults } from '../integrity/fault-report.js';
import { FAULT_KINDS, type FaultCounts } from '../integrity/fault-schedule.js';
import { throughFaults } from '../integrity/faults.js';
import { type QuietDay, quietDays } from '../integrity/quiet.js';
import { SmallWorld } from '../support/small-world.js';
import { isOver, MINUTES, RECORDS, SEED } from './options.js';

/** One of each kind alone, ten times; then all together, as they are in the suite. */
const FAULTS: readonly FaultCounts[] = [
  { worker: 7, run: 2, kafka: 3, postgres: 4, redis: 3, elasticsearch: 1 },
  ...FAULT_KINDS.map((kind): FaultCounts => ({ [kind]: kind === 'elasticsearch' ? 3 : 10 })),
];
const WORKERS = [2, 4, 1];
/** Of both days together, per product of the catalogue: three sources list three quarters of the products each. */
const RECORDS_PER_PRODUCT = 2.2;
/** Small batches and no patience make long runs of few records; above this many the usual ones are long enough. */
const FEW = 5000;

interface Cell {
  records: number;
  workers: number;
  faults: FaultCounts;
}

/** All together first, at every size and number of workers, then each kind alone. */
const MATRIX: readonly Cell[] = FAULTS.flatMap((faults) =>
  RECORDS.flatMap((records) => WORKERS.map((workers) => ({ records, workers, faults }))),
);

it(`ends in the answers of a quiet run, seeds from ${SEED}, for ${MINUTES} minutes`, async () => {
  let faults = 0;
  let cells = 0;
  for (let seed = SEED; cells === 0 || !isOver(); seed++, cells++) {
    const cell = MATRIX[cells % MATRIX.length]!;
    const folder = mkdtempSync(join(tmpdir(), 'assay-soak-'));
    try {
      const small = new SmallWorld(
        join(folder, 'small'),
        seed,
        Math.round(cell.records / RECORDS_PER_PRODUCT),
        cell.records > FEW ? undefined : seed % 10,
        cell.records > FEW ? '30s' : '0s',
      );
      const began = performance.now();
      const quiet: QuietDay[] = await quietDays(small);
      const between = performance.now();
      const outcome = await throughFaults(small, folder, {
        ...{ seed, faults: cell.faults, workers: cell.workers },
        // Over as long as the quiet run took, so that faults meet every step.
        pause: Math.max(1500, (between - began) / 10),
      });
      const seconds = [between - began, performance.now() - between].map((ms) => Math.round(ms / 1000));
      console.log(`${JSON.stringify(cell)}: quiet ${seconds[0]} s, with faults ${seconds[1]} s`);
      console.log(tellFaults(seed, outcome));
      expect(differences(quiet, outcome), `seed ${seed}, ${JSON.stringify(cell)}`).toEqual([]);
      faults += Object.values(outcome.injected).reduce((sum, n) => sum + n, 0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    console.log(`${cells + 1} cells, ${faults} faults so far, all in the answers of a quiet run`);
  }
});
