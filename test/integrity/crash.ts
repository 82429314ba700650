import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { assay } from '../support/process.js';
import { seeded } from '../support/seeded.js';
import { SmallWorld } from '../support/small-world.js';
import { dumpTables } from '../support/tables.js';

export interface CrashOutcome {
  /** Runs that were killed. */
  kills: number;
  /** What differs from the quiet run: table, and rows only one of the two has. */
  differences: string[];
  /** Rows compared. */
  rows: number;
}

/**
 * Runs two days of feeds quietly, then again with SIGKILL at `kills` seeded moments spread over both days' runs, and
 * compares every table. Moments that fall after the end of a run are drawn again.
 */
export async function crashAndCompare(seed: number, kills: number, products: number): Promise<CrashOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-crash-'));
  try {
    const quiet = new SmallWorld(join(folder, 'quiet'), seed, products);
    const hurt = new SmallWorld(join(folder, 'hurt'), seed, products);
    const lasted = [await finish(quiet)];
    quiet.showDay(2);
    lasted.push(await finish(quiet));
    const expected = await tablesOf(quiet);

    const random = seeded(seed);
    let killed = 0;
    for (const day of [1, 2] as const) {
      hurt.showDay(day);
      const share = day === 1 ? Math.ceil(kills / 2) : Math.floor(kills / 2);
      // A run that ended before its moment had that much to do, and the next one has no more.
      let window = lasted[day - 1]!;
      for (let done = 0; done < share; ) {
        const { signal, milliseconds } = await run(hurt, 150 + random() * (window - 150));
        if (signal !== 'SIGKILL') window = Math.min(window, milliseconds);
        else {
          done++;
          killed++;
        }
      }
      await finish(hurt);
    }
    const { differences, rows } = compare(expected, await tablesOf(hurt));
    return { kills: killed, differences, rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const run = (world: SmallWorld, killAfter?: number) =>
  assay(['run', '--no-report', '--config', world.config], {
    env: { ASSAY_DATA_DIR: world.data },
    ...(killAfter === undefined ? {} : { killAfter }),
  });

async function finish(world: SmallWorld): Promise<number> {
  const ended = await run(world);
  if (ended.code !== 0) throw new Error(`assay run ended with ${ended.code}: ${ended.stderr}`);
  return ended.milliseconds;
}

async function tablesOf(world: SmallWorld): Promise<Map<string, string[]>> {
  const database = await openEmbeddedDatabase(join(world.data, 'database'));
  try {
    return await dumpTables(database);
  } finally {
    await database.close();
  }
}

function compare(
  expected: Map<string, string[]>,
  found: Map<string, string[]>,
): { differences: string[]; rows: number } {
  const differences: string[] = [];
  let rows = 0;
  for (const [table, wanted] of expected) {
    const have = found.get(table) ?? [];
    rows += wanted.length;
    const [a, b] = [new Set(wanted), new Set(have)];
    for (const row of wanted) if (!b.has(row)) differences.push(`${table}: missing ${row}`);
    for (const row of have) if (!a.has(row)) differences.push(`${table}: not in the quiet run: ${row}`);
    if (wanted.length !== have.length) differences.push(`${table}: ${wanted.length} rows, then ${have.length}`);
  }
  return { differences, rows };
}
