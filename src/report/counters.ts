import type { StepFigures } from './types.js';

/** What a run counted, by source, as the report's columns name it. */
export interface RunFigures {
  received: number;
  new: number;
  changed: number;
  unchanged: number;
  withdrawn: number;
  quarantined: number;
  withdrawalsHeld: number;
}

const NOTHING: Readonly<RunFigures> = {
  received: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  withdrawn: 0,
  quarantined: 0,
  withdrawalsHeld: 0,
};

const STEP_ORDER = ['ingest', 'harmonize', 'dedup', 'master', 'serve'];

/** The counters of a run in the order of the steps; entries of another shape are passed over. */
export function readCounters(column: unknown): StepFigures[] {
  const entries = Array.isArray(column) ? (column as Partial<StepFigures>[]) : [];
  return entries
    .filter(
      (entry): entry is StepFigures =>
        typeof entry?.step === 'string' &&
        typeof entry.source === 'string' &&
        typeof entry.outcome === 'string' &&
        typeof entry.count === 'number',
    )
    .map(({ step, source, outcome, count }) => ({ step, source, outcome, count }))
    .sort((x, y) => place(x) - place(y) || order(x.source, y.source) || order(x.outcome, y.outcome));
}

const place = (entry: StepFigures): number => {
  const at = STEP_ORDER.indexOf(entry.step);
  return at < 0 ? STEP_ORDER.length : at;
};
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What happened to the records of one source. Quarantined: refused by ingest or harmonize, which puts them into dead letters. */
export function runFigures(counters: readonly StepFigures[], source: string): RunFigures {
  const figures = { ...NOTHING };
  for (const { step, outcome, count, source: of } of counters) {
    if (of !== source || (step !== 'ingest' && step !== 'harmonize')) continue;
    if (outcome.startsWith('refused:')) figures.quarantined += count;
    if (step !== 'ingest') continue;
    if (outcome === 'received') figures.received += count;
    else if (outcome === 'new') figures.new += count;
    else if (outcome === 'changed') figures.changed += count;
    else if (outcome === 'dropped:unchanged') figures.unchanged += count;
    else if (outcome === 'withdrawn') figures.withdrawn += count;
    else if (outcome === 'dropped:withdraw_guard') figures.withdrawalsHeld += count;
  }
  return figures;
}

/** Values that could not be read, counted by harmonize as `invalid:<field>`. */
export function invalidValues(counters: readonly StepFigures[]): { source: string; field: string; count: number }[] {
  return counters
    .filter(({ outcome }) => outcome.startsWith('invalid:'))
    .map(({ source, outcome, count }) => ({ source, field: outcome.slice('invalid:'.length), count }));
}
