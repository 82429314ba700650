/**
 * Search at a number of golden records, on the index of the database and on Elasticsearch: latencies of questions by kind,
 * processor time and memory of our process. `node dist/bench/search.js [records=100000] [questions=1000] [seed=1]`.
 * Elasticsearch is the server of ASSAY_TEST_ELASTICSEARCH; without it the database is measured alone. Every question has
 * another text, so that no kept plan or cached answer helps. Limit: p99 of 100 ms.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../src/errors.js';
import { openEmbeddedDatabase, runMigrations } from '../src/platform/database/index.js';
import { isUnavailable } from '../src/platform/guard.js';
import { openElasticsearch } from '../src/platform/search/elasticsearch/index.js';
import { createDatabaseSearch, FACETS, type Search, type SearchQuery } from '../src/platform/search/index.js';
import { toSearchDocument } from '../src/serve/index.js';
import { printPeak, stopwatch } from './measure/figures.js';
import { goldenOf, queryOf, valuesOf } from './serve-records.js';

const PORTION = 2000;
const LIMIT_MS = 100;
const ATTEMPTS = 5;

interface Ask {
  name: string;
  ask(search: Search, n: number): Promise<unknown>;
}

const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  filters: {},
  facets: [...FACETS],
  sort: 'relevance',
  limit: 20,
  ...more,
});

/** A letter left out, in a word's middle. */
const misspelt = (text: string): string => text.replace(/\b(\p{L}{3})\p{L}(?=\p{L}{2})/u, '$1');

const ASKS: Ask[] = [
  { name: 'words', ask: (search, n) => search.search(query(queryOf(n, n))) },
  { name: 'words, misspelt', ask: (search, n) => search.search(query(misspelt(valuesOf(n).title.toLowerCase()))) },
  { name: 'part number', ask: (search, n) => search.search(query((valuesOf(n).mpn ?? '').replace(/[-/]/g, ' '))) },
  {
    name: 'one word of many',
    ask: (search, n) => search.search(query(valuesOf(n).title.split(' ')[n % 3] ?? '', { priceMax: 20 + (n % 900) })),
  },
  {
    name: 'filtered, by price',
    ask: (search, n) =>
      search.search(query(queryOf(n, n), { filters: { colour: ['black', 'white'] }, sort: 'price_asc' })),
  },
  { name: 'nothing found', ask: (search, n) => search.search(query(`xq${n.toString(36)}zz ${queryOf(n, 0)}`)) },
  { name: 'suggest', ask: (search, n) => search.suggest(valuesOf(n).title.slice(0, 3 + (n % 9)), 8) },
];

async function fill(search: Search, records: number): Promise<void> {
  for (let from = 0; from < records; from += PORTION) {
    const size = Math.min(PORTION, records - from);
    const documents = Array.from({ length: size }, (_, i) => toSearchDocument(goldenOf(from + i)));
    // Documents have versions, so a portion whose answer came too late may be sent again.
    for (let attempt = 1; ; attempt++)
      try {
        await search.index(documents);
        break;
      } catch (error) {
        if (!isUnavailable(error) || attempt === ATTEMPTS) throw error;
        console.log(`documents from ${from} on are sent again: ${messageOf(error)}`);
      }
  }
}

async function measure(name: string, search: Search, records: number, questions: number, seed: number): Promise<void> {
  const filled = stopwatch();
  await fill(search, records);
  const { wall, cpu } = filled();
  console.log(
    `\n${name}: ${records} documents in ${wall.toFixed(1)} s (${Math.round(records / wall)}/s), ` +
      `CPU of this process ${cpu.toFixed(1)} s`,
  );
  console.log(`${''.padEnd(22)}${['p50', 'p95', 'p99', 'max', 'CPU ms'].map((head) => head.padStart(9)).join('')}  ms`);
  const all: number[] = [];
  for (const { name: kind, ask } of ASKS) {
    const record = (i: number): number => (seed * 104_729 + i * 7919) % records;
    for (let i = 0; i < 50; i++) await ask(search, record(questions + i));
    const watch = stopwatch();
    const times: number[] = [];
    for (let i = 0; i < questions; i++) {
      const asked = performance.now();
      await ask(search, record(i));
      times.push(performance.now() - asked);
    }
    all.push(...times);
    tell(kind, times, (watch().cpu * 1000) / questions);
  }
  const worst = tell('all', all);
  console.log(`p99 ${worst <= LIMIT_MS ? 'within' : 'OVER'} the limit of ${LIMIT_MS} ms`);
}

/** Prints a line of figures; returns the 99th percentile. */
function tell(name: string, times: readonly number[], cpuMs?: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const figures = [at(0.5), at(0.95), at(0.99), at(1), ...(cpuMs === undefined ? [] : [cpuMs])];
  console.log(`${name.padEnd(22)}${figures.map((figure) => figure.toFixed(1).padStart(9)).join('')}`);
  return at(0.99);
}

async function main(): Promise<void> {
  const [records = 100_000, questions = 1000, seed = 1] = process.argv.slice(2).map(Number);
  console.log(`${records} golden records, ${questions} questions of each kind, one after the other, seed ${seed}`);
  const url = process.env.ASSAY_TEST_ELASTICSEARCH;
  if (url === undefined) console.log('no ASSAY_TEST_ELASTICSEARCH: the database alone');
  else {
    const namespace = `bench-${process.pid}`;
    const search = await openElasticsearch({ url, namespace, searchTimeoutMs: 30_000 });
    try {
      await measure('Elasticsearch', search, records, questions, seed);
    } finally {
      await search.drop();
      await search.close();
    }
    printPeak();
  }
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-search-'));
  const database = await openEmbeddedDatabase(join(folder, 'database'));
  try {
    await runMigrations(database);
    await measure('database, in this process', createDatabaseSearch(database), records, questions, seed);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
  printPeak();
}

await main();
