import { count } from '../measure/figures.js';
import type { FleetFigures } from './fleet.js';

/** CPU seconds of our processes for a thousand records. */
const cpuPerThousand = ({ workers, records }: FleetFigures): number =>
  (workers.reduce((sum, { cpu }) => sum + cpu, 0) / records) * 1000;

const share = ({ seconds, idle }: { seconds: number; idle: number }): string =>
  seconds === 0 ? '–' : `${((100 * idle) / seconds).toFixed(1)} %`;

export function tellFleet(figures: FleetFigures): void {
  const { fleet, records, seconds, workers, pull, servers, until } = figures;
  const title = fleet === 'stages' ? 'one worker a stage' : `${fleet} ${fleet === '1' ? 'worker' : 'workers'}`;
  console.log(
    `\n${title}: ${seconds.toFixed(1)} s, ${count(records / seconds)} records/s, ` +
      `${cpuPerThousand(figures).toFixed(2)} CPU s a 1,000 records (pull apart: ${((pull.cpu / records) * 1000).toFixed(2)})`,
  );
  for (const { name, cpu, peak } of workers)
    console.log(
      `  ${name.padEnd(12)}${cpu.toFixed(1).padStart(7)} CPU s ${((cpu / records) * 1000).toFixed(2).padStart(7)} a 1,000 ` +
        `${peak.toFixed(0).padStart(6)} MB at most`,
    );
  const told = Object.entries(servers).map(([name, cpu]) => `${name} ${((cpu / records) * 1000).toFixed(2)}`);
  console.log(`  servers, CPU s a 1,000: ${told.length === 0 ? 'not known' : told.join(', ')}`);
  const queues = Object.entries(until).map(([name, at]) => `${name} ${at.toFixed(1)}`);
  console.log(`  last seen waiting, s: ${queues.join(', ')}`);
  console.log(
    `  idle while partitions had lag: ${share(figures.lag)} of ${figures.lag.seconds.toFixed(0)} worker seconds; ` +
      `while anything waited: ${share(figures.work)} of ${figures.work.seconds.toFixed(0)}; ` +
      `with nothing to do ${(100 * figures.calm).toFixed(1)} % of a core each`,
  );
  console.log(`  ${count(figures.rescored)} records rescored, ${count(figures.written)} golden records written`);
  console.log(`  ${count(figures.goldenRecords)} golden records, answer ${figures.answer}`);
}

/** CPU seconds a record against one worker's, and whether all came to the same answer. */
export function tellScaling(all: readonly FleetFigures[]): void {
  const one = all.find(({ fleet }) => fleet === '1');
  if (one !== undefined)
    for (const figures of all.filter(({ fleet }) => fleet !== '1')) {
      const times = cpuPerThousand(figures) / cpuPerThousand(one);
      const wanted = figures.fleet === 'stages' ? '' : ` (wanted: at most 1.20${times > 1.2 ? ': MISSED' : ''})`;
      console.log(
        `${figures.fleet} against 1: ${times.toFixed(2)} times the CPU seconds a record${wanted}, ` +
          `${(one.seconds / figures.seconds).toFixed(2)} times the records/s`,
      );
    }
  const answers = new Set(all.map(({ answer }) => answer));
  console.log(answers.size === 1 ? 'the same golden records every time' : 'DIFFERENT golden records');
  if (answers.size !== 1) process.exitCode = 1;
}
