/**
 * Raw log to canonical log: records a CPU second with a mapping of ten fields, and peak memory of the process, without a database.
 * `node dist/bench/harmonize.js [--records N]`; needs the workload generator in ASSAY_BENCH (default ../shared/bench).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { harmonizer } from '../src/harmonize/index.js';
import { openFileLog } from '../src/platform/log/index.js';
import { fillRawLog } from './harmonize/fill.js';

const AIM = 50_000;
const BATCH = 2000;
const bench = resolve(process.env.ASSAY_BENCH ?? '../shared/bench');
const generator = join(bench, 'gen_products.py');
const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const records = Number(argument('--records') ?? 1_000_000);

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

const fill = argument('--fill');
if (fill !== undefined) {
  // A process of its own, so that the peak memory below is that of harmonizing alone.
  await fillRawLog(join(fill, 'feeds'), join(fill, 'log'));
} else if (!existsSync(generator)) {
  console.log(`not measured: there is no workload generator at ${generator} (set ASSAY_BENCH)`);
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-bench-harmonize-'));
  try {
    await measure(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function measure(scratch: string): Promise<void> {
  const feeds = join(scratch, 'feeds');
  const made = spawnSync('python3', [generator, '--records', String(records), '--seed', '1', '--out', feeds], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (made.status !== 0) {
    console.log('not measured: the workload could not be generated (python3 with numpy is needed)');
    return;
  }
  const names = readdirSync(feeds).flatMap((file) => /^(source_.*)\.csv$/.exec(file)?.[1] ?? []);
  const filled = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--fill', scratch], { stdio: 'inherit' });
  if (filled.status !== 0) throw new Error('the raw log could not be filled');

  const log = await openFileLog(join(scratch, 'log'), { segmentBytes: 67_108_864, fsync: 'batch' });
  const map = harmonizer({
    sources: names.map((name) => ({ name, contract: CONTRACT.name, key: ['id'], mapping: MAPPING })),
    contracts: new Map([[CONTRACT.name, CONTRACT]]),
  });
  const totals = new Map<string, number>();
  let mapping = 0;
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await log.consume({ topic: 'raw', group: 'harmonize', maxMessages: BATCH, untilEnd: true }, async (batch, outbox) => {
    const started = process.cpuUsage();
    const result = map(batch.messages);
    const spent = process.cpuUsage(started);
    mapping += (spent.user + spent.system) / 1e6;
    for (const { outcome, count } of result.counts) totals.set(outcome, (totals.get(outcome) ?? 0) + count);
    outbox.append('canonical', result.canonical);
    outbox.append('dead-letter', result.deadLetters);
  });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  const received = totals.get('received') ?? 0;
  const rate = (over: number) => Math.round(received / over).toLocaleString('en');
  console.log(
    `log to canonical: ${received.toLocaleString('en')} records, ${((performance.now() - wall) / 1000).toFixed(2)} s wall, ` +
      `${seconds.toFixed(2)} CPU s, ${rate(seconds)} records a CPU second (aim ${AIM.toLocaleString('en')}); ` +
      `mapping alone ${mapping.toFixed(2)} CPU s, ${rate(mapping)} a CPU second`,
  );
  console.log([...totals].map(([outcome, count]) => `${outcome} ${count.toLocaleString('en')}`).join(', '));
  console.log(`peak memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB (limit 500)`);
  await log.close();
}
