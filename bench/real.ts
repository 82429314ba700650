/**
 * Real feeds that nobody here wrote, from feed to golden records: `npm run bench:real [-- NAME …]`. Reads the data sets below
 * ASSAY_DATA (default ../shared/data); what is not there is not measured. Each set is one or two runs of the command line
 * with a configuration of bench/real, over a fresh data folder that is removed afterwards (kept with ASSAY_KEEP=1).
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installationFolder } from '../src/installation.js';
import { openWorkspace } from '../src/workspace.js';
import { measureRun } from './measure/run.js';
import { cameras } from './real/measure/cameras.js';
import { computers } from './real/measure/computers.js';
import { count } from './real/measure/pairs.js';
import type { RealSet, SetBench } from './real/measure/set.js';
import { supermarkets } from './real/measure/supermarkets.js';
import { videoGames } from './real/measure/video-games.js';

const SETS: readonly RealSet[] = [videoGames, cameras, supermarkets, computers];
const TRAINED =
  'The shipped model is trained on abt-buy, amazon-google, pricerunner, computers and supermarkets without barcodes.';

const root = installationFolder();
const data = process.env.ASSAY_DATA === undefined ? resolve(root, '../shared/data') : resolve(process.env.ASSAY_DATA);
const print = (line: string) => console.log(line);

async function measure(set: RealSet): Promise<void> {
  print(`\n${set.name}: ${set.training}`);
  const folder = join(data, set.folder);
  if (!existsSync(folder)) {
    print(`not measured: there is no folder ${folder} (set ASSAY_DATA to the folder of the data sets)`);
    return;
  }
  const scratch = mkdtempSync(join(tmpdir(), `assay-real-${set.name}-`));
  const env = { ...process.env, ASSAY_DATA: data, ASSAY_DATA_DIR: scratch };
  const config = (name: string) => join(root, 'bench', 'real', name);
  const bench: SetBench = {
    folder,
    print,
    run: async (name) => {
      const measured = await measureRun(config(name), env);
      const { run, report, cpuSeconds, wallSeconds, peakMemoryMb } = measured;
      print(
        `${name}: ${count(run.records)} records, ${count(run.goldenRecords)} golden records, ${count(report.totals.openDeadLetters)} dead letters; ` +
          `${cpuSeconds.toFixed(0)} CPU s, ${wallSeconds.toFixed(0)} s, peak memory ${peakMemoryMb.toFixed(0)} MB`,
      );
      return measured;
    },
    read: async (look) => {
      const workspace = await openWorkspace(config(set.name), { stderr: process.stderr, env });
      try {
        return await look(workspace.platform.database);
      } finally {
        await workspace.close();
      }
    },
  };
  try {
    await set.measure(bench);
  } finally {
    if (process.env.ASSAY_KEEP === undefined) rmSync(scratch, { recursive: true, force: true });
    else print(`kept: ${scratch}`);
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SETS.some((set) => set.name === name));
if (unknown.length > 0) {
  console.error(`There is no set ${unknown.join(', ')}; there are ${SETS.map((set) => set.name).join(', ')}.`);
  process.exitCode = 2;
} else {
  print(TRAINED);
  for (const set of SETS) if (wanted.length === 0 || wanted.includes(set.name)) await measure(set);
}
