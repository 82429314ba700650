import type { FaultOutcome } from './faults.js';
import type { QuietDay } from './quiet.js';

/** What differs from the quiet run, or between the places that tell of golden records; nothing when all is well. */
export function differences(quiet: readonly QuietDay[], { days, ends }: FaultOutcome): string[] {
  const found = days.flatMap(({ golden, records, stored, elsewhere, brokenHistories }, i) => [
    ...compare('golden records', quiet[i]?.golden ?? [], golden),
    ...compare('number of records', [String(quiet[i]?.records)], [String(records)]),
    ...Object.entries(elsewhere).flatMap(([place, versions]) => compare(place, stored, versions)),
    ...brokenHistories.map((id) => `${id} has not each version once in its history`),
  ]);
  const codes = ends.filter((code) => code !== 0).map((code) => `a process ended with ${code} when it was asked to`);
  return [...found, ...codes];
}

/** The first few lines that only one of the two has, and the number of all. */
function compare(what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const [a, b] = [new Set(wanted), new Set(found)];
  const lines = [
    ...wanted.filter((line) => !b.has(line)).map((line) => `${what}: missing ${line}`),
    ...found.filter((line) => !a.has(line)).map((line) => `${what}: too many: ${line}`),
  ];
  const twice = found.length - b.size;
  if (twice > 0) lines.push(`${what}: ${twice} twice`);
  return lines.length <= 5 ? lines : [...lines.slice(0, 5), `${what}: ${lines.length} differences`];
}

/** The outcome in a few lines. */
export function tellFaults(seed: number, outcome: FaultOutcome): string {
  const kinds = Object.entries(outcome.injected);
  const total = kinds.reduce((sum, [, n]) => sum + n, 0);
  const named = kinds.map(([kind, n]) => `${kind} ${n}`).join(', ');
  const again = (what: string, reasons: readonly string[]) =>
    reasons.length === 0 ? `${what}: none` : `${what}: ${reasons.length}\n  ${reasons.join('\n  ')}`;
  const answers = Object.entries(outcome.lookups).map(([status, n]) => `${status} ${n}`);
  return [
    `seed ${seed}: ${total} faults (${named}), ${outcome.underWay} of them while an assay run was under way`,
    `golden records: ${outcome.days.map(({ golden }) => golden.length).join(', then ')}; records: ${outcome.days.at(-1)?.records}`,
    again('runs that ended in vain and were begun again', outcome.failedRuns),
    again('workers that ended by themselves', outcome.endedWorkers),
    `lookups meanwhile: ${answers.join(', ')}`,
  ].join('\n');
}
