import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/database/port.js';
import { collectReport } from '../../src/report/collect.js';
import type { Report } from '../../src/report/types.js';
import { openStore } from '../support/store.js';
import { CONFIG, seed } from './seed.js';

let database: Database;
let report: Report;

beforeAll(async () => {
  database = await openStore();
  await seed(database);
  report = await collectReport(database, CONFIG);
});
afterAll(() => database.close());

describe('collectReport', () => {
  it('tells about the last run that ended', () => {
    expect(report.run).toEqual({
      id: 2,
      kind: 'run',
      status: 'done',
      startedAt: '2026-03-02T10:00:00.000Z',
      finishedAt: '2026-03-02T10:00:02.500Z',
      seconds: 2.5,
      steps: [
        { step: 'ingest', seconds: 1.25 },
        { step: 'score', seconds: 0.5 },
      ],
      resources: { cpuSeconds: 3.25, peakMemoryMb: 1234.5 },
      notices: [{ source: 'shop_d', code: 'SOURCE_UNREACHABLE', message: 'no <answer>' }],
      error: null,
    });
    expect(report.totals).toEqual({
      sources: 4,
      records: 7,
      withdrawnRecords: 1,
      unresolvedRecords: 1,
      goldenRecords: 3,
      openDeadLetters: 3,
      reviewPairs: 1,
    });
  });

  it('counts what every source sent and keeps, also a source without records or without a file', () => {
    const zero = { received: 0, new: 0, changed: 0, unchanged: 0, withdrawn: 0, quarantined: 0, withdrawalsHeld: 0 };
    const kept = { liveRecords: 0, withdrawnRecords: 0, goldenRecords: 0, openDeadLetters: 0 };
    expect(report.sources).toEqual([
      {
        source: 'shop_a',
        configured: true,
        unique: true,
        received: 20,
        new: 6,
        changed: 3,
        unchanged: 10,
        withdrawn: 0,
        quarantined: 3,
        withdrawalsHeld: 0,
        liveRecords: 2,
        withdrawnRecords: 0,
        goldenRecords: 2,
        openDeadLetters: 3,
      },
      { source: 'shop_b', configured: true, unique: false, ...zero, ...kept, liveRecords: 3, goldenRecords: 2 },
      {
        source: 'shop_c',
        configured: false,
        unique: false,
        ...zero,
        withdrawn: 1,
        withdrawalsHeld: 5,
        ...kept,
        liveRecords: 2,
        withdrawnRecords: 1,
        goldenRecords: 1,
      },
      { source: 'shop_d', configured: true, unique: false, ...zero, ...kept },
    ]);
    expect(report.invalid).toEqual([{ source: 'shop_a', field: 'gtins', count: 4 }]);
    expect(report.steps[0]).toEqual({ step: 'ingest', source: 'shop_a', outcome: 'changed', count: 3 });
    expect(report.steps).toHaveLength(11);
  });

  it('measures how well fields are filled', () => {
    const share = (source: string, field: string) =>
      report.fields.find((row) => row.source === source && row.field === field);
    expect(share('shop_a', 'title')).toEqual({ source: 'shop_a', field: 'title', filled: 2, records: 2, share: 1 });
    expect(share('shop_a', 'gtins')?.share).toBe(0.5);
    expect(share('shop_a', 'price')?.share).toBe(1);
    expect(share('shop_a', 'price.currency')?.share).toBe(0.5);
    expect(share('shop_b', 'quantity')?.filled).toBe(2);
    expect(share('shop_b', 'attributes')?.filled).toBe(1);
    expect(share('shop_c', 'description')).toMatchObject({ filled: 1, records: 2 });
    expect(share('shop_d', 'title')).toMatchObject({ filled: 0, records: 0, share: 0 });
    expect(report.fields).toHaveLength(4 * 20);
  });

  it('counts duplicates, matches by stage and overlap', () => {
    expect(report.duplicates).toEqual([
      { source: 'shop_a', records: 2, goldenRecords: 2, duplicates: 0, groups: 0, largest: 1 },
      { source: 'shop_b', records: 3, goldenRecords: 2, duplicates: 1, groups: 1, largest: 2 },
      { source: 'shop_c', records: 1, goldenRecords: 1, duplicates: 0, groups: 0, largest: 1 },
      { source: 'shop_d', records: 0, goldenRecords: 0, duplicates: 0, groups: 0, largest: 0 },
    ]);
    expect(report.matches).toHaveLength(10);
    const matches = report.matches.filter((row) => row.total > 0);
    expect(matches).toEqual([
      { a: 'shop_a', b: 'shop_b', exact: 2, fuzzy: 0, embedding: 0, steward: 0, total: 2, apart: 1 },
      { a: 'shop_a', b: 'shop_c', exact: 0, fuzzy: 1, embedding: 0, steward: 0, total: 1, apart: 0 },
      { a: 'shop_b', b: 'shop_b', exact: 0, fuzzy: 0, embedding: 1, steward: 0, total: 1, apart: 0 },
      { a: 'shop_b', b: 'shop_c', exact: 0, fuzzy: 0, embedding: 0, steward: 1, total: 1, apart: 0 },
    ]);
    expect(report.overlap).toEqual({
      sources: ['shop_a', 'shop_b', 'shop_c', 'shop_d'],
      cells: [
        [2, 1, 1, 0],
        [1, 2, 1, 0],
        [1, 1, 1, 0],
        [0, 0, 0, 0],
      ],
    });
  });

  it('describes golden records', () => {
    expect(report.golden).toEqual({
      total: 3,
      meanQuality: 0.5,
      largest: 3,
      bySources: [
        { sources: 1, goldenRecords: 2 },
        { sources: 3, goldenRecords: 1 },
      ],
      byRecords: [
        { records: 1, goldenRecords: 1 },
        { records: 2, goldenRecords: 1 },
        { records: 3, goldenRecords: 1 },
      ],
    });
  });

  it('finds prices that differ by more than the tolerance, within a currency', async () => {
    expect(report.conflicts.prices).toEqual([
      {
        currency: 'EUR',
        compared: 1,
        conflicting: 1,
        medianSpread: 0.2,
        examples: [
          {
            goldenId: 'G1',
            title: 'Canon EOS 90D',
            taken: { amount: 1000, currency: 'EUR' },
            values: [
              { source: 'shop_a', sourceId: 'a1', value: { amount: 1000, currency: 'EUR' } },
              { source: 'shop_b', sourceId: 'b1', value: { amount: 1200, currency: 'EUR' } },
            ],
            moreRecords: 0,
          },
        ],
      },
    ]);
    const tolerant = await collectReport(database, CONFIG, { priceTolerance: 0.2 });
    expect(tolerant.conflicts.prices).toMatchObject([{ compared: 1, conflicting: 0, medianSpread: 0, examples: [] }]);
  });

  it('finds attributes with several values, not minding case, separators and rounding', () => {
    const figures = report.conflicts.attributes.map(({ attribute, compared, conflicting }) => [
      attribute,
      compared,
      conflicting,
    ]);
    expect(figures).toEqual([
      ['attributes.weight', 1, 1],
      ['brand', 1, 1],
      ['colour', 1, 1],
      ['gtins', 1, 1],
      ['attributes.sensor', 1, 0],
      ['model', 1, 0],
      ['quantity.count', 1, 0],
      ['quantity.total', 1, 0],
      ['mpn', 0, 0],
    ]);
    const weight = report.conflicts.attributes[0]?.examples[0];
    expect(weight?.taken).toBeNull();
    expect(weight?.values.map(({ value }) => value)).toEqual(['700 g', '701 g']);
    const gtins = report.conflicts.attributes.find(({ attribute }) => attribute === 'gtins')?.examples[0];
    expect(gtins?.values).toHaveLength(3);
  });

  it('lists what the run changed', () => {
    const { examples, ...counts } = report.changes;
    expect(counts).toEqual({
      created: 1,
      changed: 2,
      retired: 1,
      merged: 1,
      split: 0,
      moved: 0,
      withdrawn: 1,
      priceChanges: 2,
      attributeChanges: 0,
    });
    expect(examples.map(({ kind, goldenId, title }) => [kind, goldenId, title])).toEqual([
      ['merged', 'G9', 'Canon EOS 90D'],
      ['price_change', 'G1', 'Canon EOS 90D'],
      ['price_change', 'G2', expect.stringContaining('<script>')],
      ['withdrawn', 'G8', 'Gone'],
    ]);
    expect(examples[1]).toMatchObject({ before: { amount: 900 }, after: { amount: 1000 }, source: 'shop_a' });
  });

  it('shows the review queue without what a steward has decided', () => {
    expect(report.review).toEqual({
      pairs: 1,
      byStage: [{ stage: 'fuzzy', pairs: 1 }],
      examples: [
        {
          probability: 0.5,
          stage: 'fuzzy',
          a: { source: 'shop_a', sourceId: 'a2', title: expect.stringContaining('<script>') },
          b: { source: 'shop_b', sourceId: 'b2', title: 'Cola 6 x 33 cl' },
        },
      ],
    });
  });

  it('ranks the worst offenders', () => {
    expect(report.worst.lowestQuality.map(({ goldenId }) => goldenId)).toEqual(['G2', 'G3', 'G1']);
    expect(report.worst.largestClusters).toMatchObject([
      { goldenId: 'G1', records: 3, sources: ['shop_a', 'shop_b', 'shop_c'], quality: 0.75 },
      { goldenId: 'G3', records: 2 },
    ]);
    expect(report.worst.refusedEdges).toEqual([
      {
        reason: 'gtin_conflict',
        pairs: 1,
        example: {
          probability: expect.closeTo(0.95, 6),
          stage: 'exact',
          a: { source: 'shop_a', sourceId: 'a2', title: expect.stringContaining('<script>') },
          b: { source: 'shop_b', sourceId: 'b1', title: 'CANON EOS90D body' },
        },
      },
    ]);
    expect(report.candidates).toEqual({
      pairs: 30,
      kinds: [{ kind: 'token', pairs: 30, only: 12, cutKeys: 2, cutRecords: 6 }],
    });
    expect(report.deadLetters).toMatchObject({ open: 3, retried: 0, dropped: 1 });
    expect(report.deadLetters.bySource).toEqual([{ source: 'shop_a', open: 3 }]);
    expect(report.deadLetters.byCode).toEqual([
      {
        code: 'MAPPING_FAILED',
        step: 'harmonize',
        open: 2,
        example: { id: 'd1', source: 'shop_a', reason: 'no title' },
      },
      {
        code: 'RECORD_MALFORMED',
        step: 'ingest',
        open: 1,
        example: { id: 'd2', source: 'shop_a', reason: 'quote never closed' },
      },
    ]);
  });

  it('says how old the corpus snapshot is', () => {
    expect(report.snapshot).toMatchObject({ id: 's2', model: 'general@1', recordsThen: 5, recordsNow: 7 });
    expect(report.snapshot?.growth).toBeCloseTo(0.4);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('tells about an earlier run when asked, and refuses one that never was', async () => {
    const earlier = await collectReport(database, CONFIG, { run: 1 });
    expect(earlier.run?.seconds).toBe(9);
    expect(earlier.changes).toMatchObject({ priceChanges: 1, created: 0 });
    await expect(collectReport(database, CONFIG, { run: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('reports an empty store in zeros', async () => {
  const empty = await openStore();
  const zero = await collectReport(empty, CONFIG);
  expect(zero.run).toBeNull();
  expect(zero.snapshot).toBeNull();
  expect(zero.totals).toMatchObject({ sources: 3, records: 0, goldenRecords: 0 });
  expect(zero.matches).toHaveLength(6);
  expect(zero.conflicts.attributes.map(({ attribute }) => attribute)).toEqual(['brand', 'gtins', 'model', 'mpn']);
  await empty.close();
});
