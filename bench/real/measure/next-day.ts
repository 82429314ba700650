import { table } from '../../../src/report/index.js';
import type { MeasuredRun } from '../../measure/run.js';
import { count } from './pairs.js';
import type { SetBench } from './set.js';
import { countOf, readGoldenIds } from './store.js';

const OUTCOMES = [
  'new',
  'changed',
  'dropped:unchanged',
  'withdrawn',
  'dropped:withdraw_guard',
  'dropped:not_of_source',
];

/** What the second day did to the store of the first. */
export async function tellNextDay(
  { read, print }: SetBench,
  day: MeasuredRun,
  next: MeasuredRun,
  before: ReadonlySet<string>,
): Promise<void> {
  const of = (source: string, outcome: string) =>
    next.report.steps
      .filter((step) => step.step === 'ingest' && step.source === source && step.outcome === outcome)
      .reduce((sum, step) => sum + step.count, 0);
  print(
    table(
      'what the feeds of the second day did',
      ['chain', 'new', 'changed', 'unchanged', 'withdrawn', 'held', 'of others', 'live before', 'live'],
      next.report.sources.map(({ source, liveRecords }) => [
        source,
        ...OUTCOMES.map((outcome) => count(of(source, outcome))),
        count(day.report.sources.find((row) => row.source === source)?.liveRecords ?? 0),
        count(liveRecords),
      ]),
      { width: 120, colour: false },
    ),
  );
  for (const { source, code } of next.run.notices) print(`notice ${code}: ${source}`);
  const applied = next.report.steps
    .filter((step) => step.step === 'dedup' && step.outcome === 'applied')
    .reduce((sum, step) => sum + step.count, 0);
  print(`processed: ${count(applied)} records applied, ${count(next.run.rescored)} rescored (${next.run.driver})`);
  const after = await read(readGoldenIds);
  const kept = [...before].filter((id) => after.has(id)).length;
  const led = await read((database) =>
    countOf(
      database,
      'select count(*)::int as n from golden_redirect where new_id is not null and old_id = any($1::text[])',
      [[...before].filter((id) => !after.has(id))],
    ),
  );
  print(
    `golden ids of day one: ${count(kept)} of ${count(before.size)} still answer directly (${((100 * kept) / before.size).toFixed(2)} %), ${count(led)} lead to another, ${count(before.size - kept - led)} retired`,
  );
  const run = next.report.run?.id ?? 0;
  const [changes, versions] = await read(async (database) => [
    await countOf(database, `select count(*)::int as n from run_change where run_id = $1 and kind = 'price_change'`, [
      run,
    ]),
    await countOf(
      database,
      `select count(*)::int as n from golden_history h join golden_record g using (golden_id)
       where h.version = g.version - 1 and h."values"->'price' is distinct from g."values"->'price'`,
    ),
  ]);
  print(
    `price changes: ${count(next.report.changes.priceChanges)} in the report, ${count(changes ?? 0)} in the run's changes; ${count(versions ?? 0)} golden records took a new price and have the old one in their history (the others hold the price of another chain)`,
  );
}
