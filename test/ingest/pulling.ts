/** Pulls of one source, `shop`, from a CSV file or what a test gives, into a log and a store of their own. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type IngestSource, type PullDeps, pullSource } from '../../src/ingest/index.js';
import { Counters } from '../../src/observe/counters.js';
import type { Database } from '../../src/platform/database/port.js';
import type { FileLog } from '../../src/platform/log/index.js';
import { openStore } from '../support/store.js';
import { messagesOf, openTestLog, scratchFolder } from './support.js';

export let database: Database;
beforeAll(async () => {
  database = await openStore();
});
afterAll(() => database.close());

export let scratch: ReturnType<typeof scratchFolder>;
export let log: FileLog;
export let deps: PullDeps;
beforeEach(async () => {
  scratch = scratchFolder();
  log = await openTestLog(scratch.folder);
  deps = {
    log,
    database,
    counters: new Counters(),
    dataDir: scratch.folder,
    roots: [scratch.folder],
    signal: new AbortController().signal,
    env: {},
    batch: 7,
  };
});
afterEach(async () => {
  await log.close();
  scratch.remove();
  await database.query('delete from source_state');
  await database.query('delete from source_record');
});

const source = (given: Partial<IngestSource> = {}): IngestSource => ({
  name: 'shop',
  connector: { type: 'csv', path: 'feed.csv' },
  contract: 'products_v1',
  feed: 'full',
  withdraw: { policy: 'withdraw', maxShare: 0.3 },
  key: 'id',
  updatedAt: 'at',
  ...given,
});
export const put = (rows: readonly string[], header = 'id,title,at') =>
  writeFileSync(join(scratch.folder, 'feed.csv'), `${[header, ...rows].join('\n')}\n`);
export const rowsOf = (n: number, title = (i: number) => `t${i}`) =>
  Array.from({ length: n }, (_, i) => `${i},${title(i)},`);
export const pull = (given: Partial<IngestSource> = {}, over: Partial<PullDeps> = {}) =>
  pullSource(source(given), { ...deps, ...over });
export const raw = () => messagesOf(log, 'raw');
export const figures = ({
  new: fresh,
  changed,
  unchanged,
  superseded,
  withdrawn,
  held,
  refused,
}: Awaited<ReturnType<typeof pull>>) =>
  Object.fromEntries(
    Object.entries({ new: fresh, changed, unchanged, superseded, withdrawn, held, ...refused }).filter(
      ([, n]) => n > 0,
    ),
  );

/** received = sum of the others, in the counters and in the result. */
export function expectBalanced(): void {
  let received = 0;
  let others = 0;
  for (const { outcome, count } of deps.counters.entries())
    if (outcome === 'received') received += count;
    else others += count;
  expect(received).toBe(others);
}
