import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectRoot } from '../train/sets.js';

/** Folder of the workload generator: ASSAY_BENCH, else ../shared/bench beside the project. */
export function benchFolder(): string {
  return resolve(process.env.ASSAY_BENCH ?? join(projectRoot(), '..', 'shared', 'bench'));
}

/** Generates the synthetic workload into a folder: `source_*.csv`, and `truth.csv`. Returns why it could not. */
export function generateFeeds(folder: string, records: number, bench = benchFolder()): string | undefined {
  const generator = join(bench, 'gen_products.py');
  if (!existsSync(generator)) return `there is no workload generator at ${generator} (set ASSAY_BENCH)`;
  const made = spawnSync('python3', [generator, '--records', String(records), '--seed', '1', '--out', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return made.status === 0 ? undefined : 'the workload could not be generated (python3 with numpy is needed)';
}

/** The sources of a generated workload, in order. */
export function feedNames(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((file) => /^(source_.*)\.csv$/.exec(file)?.[1] ?? [])
    .sort();
}

/** Measures something over a generated workload in a scratch folder; prints why where there is none. */
export async function withFeeds(
  bench: string,
  records: number,
  measure: (scratch: string, feeds: string) => Promise<void>,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), `assay-bench-${bench}-`));
  try {
    const feeds = join(scratch, 'feeds');
    const missing = generateFeeds(feeds, records);
    if (missing === undefined) await measure(scratch, feeds);
    else console.log(`not measured: ${missing}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
