/**
 * The main job, feeds to golden records: `assay run` over the generated workload on the embedded platform, each size in a
 * process of its own. `npm run bench:run [-- --records N]`, default 100,000; a quarter of it is measured first, so that
 * the growth per record shows. Needs the workload generator in ASSAY_BENCH (default ../shared/bench).
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withFeeds } from './measure/feeds.js';
import { count, numberOption } from './measure/figures.js';
import { type MeasuredRun, measureRun } from './measure/run.js';
import { projectRoot } from './train/sets.js';

const records = numberOption('--records', 100_000);
const config = join(projectRoot(), 'bench', 'run', 'config');

interface Size extends MeasuredRun {
  /** Of the feeds. */
  megabytes: number;
}

async function measureSize(size: number): Promise<Size | undefined> {
  let measured: Size | undefined;
  await withFeeds('run', size, async (scratch, feeds) => {
    const megabytes = readdirSync(feeds).reduce(
      (sum, file) => sum + (file.startsWith('source_') ? statSync(join(feeds, file)).size / 1e6 : 0),
      0,
    );
    const env = { ...process.env, ASSAY_FEEDS: feeds, ASSAY_DATA_DIR: join(scratch, 'data') };
    measured = { ...(await measureRun(config, env)), megabytes };
  });
  if (measured !== undefined) print(measured);
  return measured;
}

function print({ run, wallSeconds, cpuSeconds, peakMemoryMb, megabytes }: Size): void {
  const thousands = run.records / 1000;
  console.log(
    `\n${count(run.records)} records (${megabytes.toFixed(1)} MB of CSV), ${count(run.goldenRecords)} golden records: ` +
      `${wallSeconds.toFixed(1)} s, ${count(run.records / wallSeconds)} records/s, ${cpuSeconds.toFixed(1)} CPU s, ` +
      `${(cpuSeconds / thousands).toFixed(3)} CPU s a 1,000 records, peak memory ${count(peakMemoryMb)} MB`,
  );
  const row = (cells: readonly string[]) =>
    console.log(
      `  ${cells[0]?.padEnd(14)}${cells
        .slice(1)
        .map((cell) => cell.padStart(14))
        .join('')}`,
    );
  row(['step', 'records/s', 's', 'CPU s', 'CPU s/1,000', 'peak MB then']);
  for (const [step, { cpuSeconds: cpu, peakMemoryMb: peak }] of Object.entries(run.resources.steps)) {
    const wall = run.seconds[step] ?? 0;
    const rate = wall > 0 ? count(run.records / wall) : '–';
    row([step, rate, wall.toFixed(1), cpu.toFixed(1), (cpu / thousands).toFixed(3), count(peak)]);
  }
}

/** What every further record costs. */
function printGrowth(small: Size, large: Size): void {
  const more = large.run.records - small.run.records;
  const bytes = ((large.peakMemoryMb - small.peakMemoryMb) * 2 ** 20) / more;
  const text = ((large.megabytes - small.megabytes) * 1e6) / more;
  const milliseconds = ((large.cpuSeconds - small.cpuSeconds) * 1000) / more;
  console.log(
    `\nGrowth from ${count(small.run.records)} to ${count(large.run.records)} records: ${count(bytes)} bytes of peak memory a record ` +
      `(the feeds have ${count(text)}), ${milliseconds.toFixed(2)} CPU ms a record`,
  );
}

console.log('assay run on the embedded platform: three shops, CSV to golden records, search index and report');
const small = await measureSize(Math.ceil(records / 4));
const large = small === undefined ? undefined : await measureSize(records);
if (small !== undefined && large !== undefined) printGrowth(small, large);
