/**
 * Raw log to canonical log: records a CPU second with a mapping of ten fields, and peak memory of the process, without a database.
 * `node dist/bench/harmonize.js [--records N]`; needs the workload generator in ASSAY_BENCH (default ../shared/bench).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harmonizer } from '../src/harmonize/index.js';
import { openFileLog } from '../src/platform/log/index.js';
import { fillRawLog } from './harmonize/fill.js';
import { feedNames, withFeeds } from './measure/feeds.js';
import { count, numberOption, printPeak, rate, stopwatch } from './measure/figures.js';

const AIM = 50_000;
const BATCH = 2000;
const LIMIT_MB = 500;

/** Ten fields of the workload's columns, as a source file would map them. */
const MAPPING = {
  currency: 'USD',
  title: 'title',
  brand: 'brand',
  model: 'model',
  gtin: 'gtin',
  category: 'category',
  price: 'price',
  colour: 'color',
  size: 'size',
  quantity: 'size',
  attributes: { weight: 'weight' },
};
const FIELDS = ['id', 'title', 'brand', 'model', 'gtin', 'category', 'price', 'color', 'size', 'weight', 'updated_at'];
const CONTRACT = {
  name: 'products_v1',
  fields: Object.fromEntries(FIELDS.map((name) => [name, { type: 'string' as const, required: name === 'id' }])),
  policy: { newField: 'accept', missingField: 'quarantine', retypedField: 'quarantine' } as const,
};

const fillAt = process.argv.indexOf('--fill');
if (fillAt > 0) {
  // A process of its own, so that the peak memory below is that of harmonizing alone.
  const folder = process.argv[fillAt + 1] as string;
  await fillRawLog(join(folder, 'feeds'), join(folder, 'log'));
} else await withFeeds('harmonize', numberOption('--records', 1_000_000), measure);

async function measure(scratch: string, feeds: string): Promise<void> {
  const filled = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--fill', scratch], { stdio: 'inherit' });
  if (filled.status !== 0) throw new Error('the raw log could not be filled');

  const log = await openFileLog(join(scratch, 'log'), { segmentBytes: 67_108_864, fsync: 'batch' });
  const map = harmonizer({
    sources: feedNames(feeds).map((name) => ({ name, contract: CONTRACT.name, key: ['id'], mapping: MAPPING })),
    contracts: new Map([[CONTRACT.name, CONTRACT]]),
  });
  const totals = new Map<string, number>();
  let mapping = 0;
  const watch = stopwatch();
  await log.consume({ topic: 'raw', group: 'harmonize', maxMessages: BATCH, untilEnd: true }, async (batch, outbox) => {
    const mapped = stopwatch();
    const result = map(batch.messages);
    mapping += mapped().cpu;
    for (const { outcome, count: n } of result.counts) totals.set(outcome, (totals.get(outcome) ?? 0) + n);
    outbox.append('canonical', result.canonical);
    outbox.append('dead-letter', result.deadLetters);
  });
  const { wall, cpu } = watch();
  const received = totals.get('received') ?? 0;
  console.log(
    `log to canonical: ${count(received)} records, ${wall.toFixed(2)} s wall, ${rate(received, cpu, AIM)}; ` +
      `mapping alone ${rate(received, mapping)}`,
  );
  console.log([...totals].map(([outcome, n]) => `${outcome} ${count(n)}`).join(', '));
  printPeak(LIMIT_MB);
  await log.close();
}
