/** Bulk scoring in its thread gives what the engine gives here, over a database. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Corpus, scoreCorpus } from '../../../src/dedup/index.js';
import {
  type BulkContext,
  type BulkEdges,
  bulkEdges,
  liveRecords,
  refreshSnapshot,
} from '../../../src/dedup/store/index.js';
import { installationFolder } from '../../../src/installation.js';
import { type EmbeddedDatabase, openEmbeddedDatabase, runMigrations } from '../../../src/platform/database/index.js';
import { catalogue } from '../../support/catalogue.js';
import { Reconciler, testModel } from '../../support/reconcile.js';

const REVIEW = 0.3;
const uniqueSources = new Set(['alpha']);
let database: EmbeddedDatabase;
let context: BulkContext;
let expected: string[];
let rids: bigint[];

const lines = (edges: BulkEdges): string[] =>
  Array.from(edges.a, (a, i) =>
    [
      `${edges.sources[edges.sourceA[i]!]}/${a}`,
      `${edges.sources[edges.sourceB[i]!]}/${edges.b[i]}`,
      edges.probability[i],
      edges.stage[i],
    ].join(' '),
  ).sort();

beforeAll(async () => {
  database = await openEmbeddedDatabase(':memory:');
  await runMigrations(database, join(installationFolder(), 'migrations'));
  const model = testModel();
  const { base, changes } = catalogue(7);
  await new Reconciler(database, model, uniqueSources).apply([...base, ...changes]);
  const { snapshot } = await refreshSnapshot(database, model);
  context = { database, model, snapshot, uniqueSources };

  const corpus = new Corpus(model, snapshot, { uniqueSources });
  rids = [];
  for await (const batch of liveRecords(database)) for (const record of batch) rids[corpus.add(record)] = record.rid;
  const pairs = scoreCorpus(corpus);
  const name = (row: number) => `${corpus.sources[corpus.sourceOf.data[row]!]}/${rids[row]}`;
  expected = [];
  for (let p = 0; p < pairs.count; p++) {
    if (pairs.probability[p]! < REVIEW) continue;
    const [x, y] = [pairs.left[p]!, pairs.right[p]!];
    const [a, b] = rids[x]! < rids[y]! ? [x, y] : [y, x];
    expected.push([name(a), name(b), pairs.probability[p], pairs.stage[p]].join(' '));
  }
  expected.sort();
});
afterAll(() => database.close());

describe('bulkEdges', () => {
  it('finds the edges of all live records', async () => {
    expect(expected.length).toBeGreaterThan(50);
    const told: string[] = [];
    const edges = await bulkEdges(context, { review: REVIEW, progress: (step) => told.push(step) });
    expect(lines(edges)).toEqual(expected);
    expect(edges.records).toBe(rids.length);
    expect(edges.report.pairs).toBeGreaterThan(expected.length);
    expect(new Set(told)).toEqual(new Set(['read', 'compare']));
  });

  it('keeps those with a marked end', async () => {
    const marked = rids.filter((_, i) => i % 10 === 0).reverse();
    const wanted = expected.filter((line) => marked.some((rid) => line.includes(`/${rid} `)));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(expected.length);
    expect(lines(await bulkEdges(context, { review: REVIEW, marked }))).toEqual(wanted);
    expect(lines(await bulkEdges(context, { review: REVIEW, marked: [] }))).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const work = bulkEdges(context, {
      review: REVIEW,
      signal: stop.signal,
      progress: (step) => step === 'compare' && stop.abort(reason),
    });
    await expect(work).rejects.toBe(reason);
    await expect(bulkEdges(context, { review: REVIEW, signal: stop.signal })).rejects.toBe(reason);
  });

  it('passes the error of its thread on', async () => {
    await database.query(`update source_record set product = '{"title": 7}' where rid = $1::bigint`, [String(rids[3])]);
    await expect(bulkEdges(context, { review: REVIEW })).rejects.toMatchObject({
      name: 'AssayError',
      code: 'INTERNAL',
    });
  });
});
