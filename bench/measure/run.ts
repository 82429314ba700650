import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Resources } from '../../src/observe/index.js';
import type { RunSummary } from '../../src/pipeline.js';
import type { Report } from '../../src/report/index.js';

/** Costs are of the whole process: its start, the run, and the report at the end. */
export interface MeasuredRun extends Resources {
  run: RunSummary;
  report: Report;
  wallSeconds: number;
}

/** `assay run --config <folder>` in a process of its own. Throws when the run fails, with what it said. */
export async function measureRun(config: string, env: NodeJS.ProcessEnv): Promise<MeasuredRun> {
  const started = performance.now();
  const child = fork(fileURLToPath(new URL('./run-child.js', import.meta.url)), ['run', '--config', config, '--json'], {
    env,
    silent: true,
  });
  const out: Buffer[] = [];
  const told: Buffer[] = [];
  let costs: Resources | undefined;
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => told.push(bytes));
  child.on('message', (message) => {
    costs = message as Resources;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0 || costs === undefined)
    throw new Error(`assay run --config ${config} ended with ${code}\n${Buffer.concat(told).toString('utf8')}`);
  const { run, report } = JSON.parse(Buffer.concat(out).toString('utf8')) as Pick<MeasuredRun, 'run' | 'report'>;
  return { run, report, ...costs, wallSeconds: (performance.now() - started) / 1000 };
}
