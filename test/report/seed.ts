import type { Database } from '../../src/platform/database/port.js';
import type { CanonicalProduct } from '../../src/records.js';

/** A title that breaks any renderer that does not escape. */
export const HOSTILE = `<script>alert("x")</script> & 'y', "z"`;

interface Seed {
  rid: number;
  source: string;
  id: string;
  golden: string | null;
  withdrawn?: boolean;
  product: Partial<CanonicalProduct> & { title: string };
}

const CANON = '04012345678901';
const NIKON = '04098765432109';

/**
 * Eight records of three sources; seven live, three golden records:
 * G1 holds a1, b1 and c1 (which disagree on brand, GTIN and price), G2 holds a2, G3 holds b2 and b3 (which disagree on
 * colour). c3 waits to be resolved, c2 was withdrawn.
 */
const RECORDS: Seed[] = [
  {
    rid: 1,
    source: 'shop_a',
    id: 'a1',
    golden: 'G1',
    product: {
      title: 'Canon EOS 90D',
      brand: 'Canon',
      model: 'EOS 90D',
      gtins: [CANON],
      price: { amount: 1000, currency: 'EUR' },
      attributes: { weight: '700 g', sensor: 'APS-C' },
    },
  },
  {
    rid: 2,
    source: 'shop_b',
    id: 'b1',
    golden: 'G1',
    product: {
      title: 'CANON EOS90D body',
      brand: 'CANON',
      model: 'EOS-90D',
      gtins: [CANON, '04000000000006'],
      price: { amount: 1200, currency: 'EUR' },
      attributes: { weight: '701 g', sensor: 'aps c' },
    },
  },
  {
    rid: 3,
    source: 'shop_c',
    id: 'c1',
    golden: 'G1',
    product: { title: 'Nikon or Canon?', brand: 'Nikon', gtins: [NIKON], price: { amount: 1050, currency: 'USD' } },
  },
  { rid: 4, source: 'shop_a', id: 'a2', golden: 'G2', product: { title: HOSTILE, price: { amount: 5 } } },
  {
    rid: 5,
    source: 'shop_b',
    id: 'b2',
    golden: 'G3',
    product: {
      title: 'Cola 6 x 33 cl',
      colour: 'black',
      quantity: { count: 6, total: { dimension: 'volume', value: 1980, unit: 'ml' } },
    },
  },
  {
    rid: 6,
    source: 'shop_b',
    id: 'b3',
    golden: 'G3',
    product: {
      title: 'Cola 6x330ml',
      colour: 'red',
      quantity: { count: 6, total: { dimension: 'volume', value: 1980.0000000000002, unit: 'ml' } },
    },
  },
  { rid: 7, source: 'shop_c', id: 'c2', golden: null, withdrawn: true, product: { title: 'Gone' } },
  { rid: 8, source: 'shop_c', id: 'c3', golden: null, product: { title: 'חלב 3%', description: 'dairy' } },
];

const member = (id: string): { source: string; sourceId: string } => {
  const record = RECORDS.find((candidate) => candidate.id === id)!;
  return { source: record.source, sourceId: id };
};

const GOLDEN = [
  {
    id: 'G1',
    version: 2,
    quality: 0.75,
    members: ['a1', 'b1', 'c1'],
    values: {
      title: 'Canon EOS 90D',
      brand: 'Canon',
      gtins: [CANON, '04000000000006', NIKON],
      price: { amount: 1000, currency: 'EUR' },
    },
  },
  { id: 'G2', version: 1, quality: 0.25, members: ['a2'], values: { title: HOSTILE, price: { amount: 5 } } },
  { id: 'G3', version: 1, quality: 0.5, members: ['b2', 'b3'], values: { title: 'Cola 6 x 33 cl', colour: 'black' } },
];

const COUNTERS: [step: string, source: string, outcome: string, count: number][] = [
  ['harmonize', 'shop_a', 'received', 9],
  ['harmonize', 'shop_a', 'refused:MAPPING_FAILED', 2],
  ['harmonize', 'shop_a', 'sent', 7],
  ['harmonize', 'shop_a', 'invalid:gtins', 4],
  ['ingest', 'shop_a', 'received', 20],
  ['ingest', 'shop_a', 'new', 6],
  ['ingest', 'shop_a', 'changed', 3],
  ['ingest', 'shop_a', 'dropped:unchanged', 10],
  ['ingest', 'shop_a', 'refused:RECORD_MALFORMED', 1],
  ['ingest', 'shop_c', 'withdrawn', 1],
  ['ingest', 'shop_c', 'dropped:withdraw_guard', 5],
];

const SUMMARY = {
  records: 7,
  goldenRecords: 3,
  created: 1,
  changed: 2,
  merged: 1,
  split: 0,
  retired: 1,
  moved: 0,
  seconds: { ingest: 1.25, score: 0.5 },
  resources: { cpuSeconds: 3.25, peakMemoryMb: 1234.5, steps: { ingest: { cpuSeconds: 3, peakMemoryMb: 1200 } } },
  notices: [{ source: 'shop_d', code: 'SOURCE_UNREACHABLE', message: 'no <answer>' }],
  candidates: { pairs: 30, kinds: [{ kind: 'token', pairs: 30, only: 12, cutKeys: 2, cutRecords: 6 }] },
};

/** Fills the store. Every figure that the tests expect can be counted off above. */
export async function seed(database: Database): Promise<void> {
  for (const { rid, source, id, golden, withdrawn, product } of RECORDS)
    await database.query(
      `insert into source_record (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping,
         withdrawn, product, golden_id) values ($1, $2, $3, 0, $1, $1, 'items', 'm1', $4, $5::jsonb, $6)`,
      [
        rid,
        source,
        id,
        withdrawn ?? false,
        JSON.stringify({ gtins: [], internalCodes: [], images: [], variants: {}, attributes: {}, ...product }),
        golden,
      ],
    );
  for (const golden of GOLDEN) {
    const members = golden.members.map(member);
    await database.query(
      `insert into golden_record (golden_id, version, "values", lineage, members, sources, member_count, quality, born, valid_from)
       values ($1, $2, $3::jsonb, '{}', $4::jsonb, $5::text[], $6, $7, 1, '2026-03-02T10:00:00Z')`,
      [
        golden.id,
        golden.version,
        JSON.stringify(golden.values),
        JSON.stringify(members),
        [...new Set(members.map(({ source }) => source))],
        members.length,
        golden.quality,
      ],
    );
  }
  await database.query(`
    insert into edge (a, b, probability, stage, state) values (1, 2, 0.99, 'exact', 'match'), (1, 3, 0.9, 'fuzzy', 'match'), (2, 3, 0.6, 'fuzzy', 'review'),
      (5, 6, 0.8, 'embedding', 'match'), (2, 4, 0.95, 'exact', 'match'), (4, 5, 0.5, 'fuzzy', 'review'),
      (4, 8, 0.55, 'fuzzy', 'review'), (1, 7, 0.9, 'exact', 'match')`);
  await database.query(`update edge set refused = 'gtin_conflict' where a = 2 and b = 4`);
  // 3-2 is linked by hand; 4-8 is kept apart; a link of 1-8 was taken back.
  await database.query(`
    insert into steward_decision (kind, a, b, revokes, steward) values ('must_link', 3, 2, null, 'ada'),
      ('cannot_link', 4, 8, null, 'ada'), ('must_link', 1, 8, null, 'ada'), ('revoke', null, null, 3, 'ada')`);
  await database.query(
    `insert into run (kind, status, started_at, finished_at, counters, summary) values
       ('run', 'done', '2026-03-01T10:00:00Z', '2026-03-01T10:00:09Z', '[]', '{}'),
       ('run', 'done', '2026-03-02T10:00:00Z', '2026-03-02T10:00:02.5Z', $1::jsonb, $2::jsonb),
       ('run', 'running', '2026-03-03T10:00:00Z', null, '[]', '{}')`,
    [
      JSON.stringify(COUNTERS.map(([step, source, outcome, count]) => ({ step, source, outcome, count }))),
      JSON.stringify(SUMMARY),
    ],
  );
  await database.query(`
    insert into run_change (run_id, kind, golden_id, source, source_id, before, after) values
      (2, 'price_change', 'G1', 'shop_a', 'a1', '{"amount":900,"currency":"EUR"}', '{"amount":1000,"currency":"EUR"}'),
      (2, 'price_change', 'G2', 'shop_a', 'a2', '{"amount":4}', '{"amount":5}'),
      (2, 'merged', 'G9', '', '', '"G9"', '"G1"'),
      (2, 'withdrawn', 'G8', 'shop_c', 'c2', null, null),
      (1, 'price_change', 'G1', 'shop_b', 'b1', '{"amount":1}', '{"amount":2}')`);
  await database.query(`insert into golden_redirect (old_id, new_id, reason) values ('G9', 'G1', 'merged')`);
  await database.query(
    `insert into golden_history (golden_id, version, "values", lineage, members, quality, change, valid_from, valid_to) values
       ('G8', 1, '{"title":"Gone"}', '{}', '[{"source":"shop_c","sourceId":"c2"}]', 0.4, 'retired', '2026-03-01T10:00:09Z', '2026-03-02T10:00:00Z'),
       ('G1', 1, '{"title":"Canon 90D"}', '{}', '[{"source":"shop_a","sourceId":"a1"}]', 0.6, 'changed', '2026-03-01T10:00:09Z', '2026-03-02T10:00:00Z')`,
  );
  await database.query(
    `insert into dead_letter (id, source, source_id, step, code, reason, origin, original, mapping, status, at) values
       ('d1', 'shop_a', 'a7', 'harmonize', 'MAPPING_FAILED', 'no title', 'raw@3', $1, 'm1', 'open', '2026-03-02T10:00:01Z'),
       ('d2', 'shop_a', '', 'ingest', 'RECORD_MALFORMED', 'quote never closed', 'a.csv:17', 'x,"y', '', 'open', '2026-03-02T10:00:00Z'),
       ('d3', 'shop_a', 'a8', 'harmonize', 'MAPPING_FAILED', $2, 'raw@4', '{}', 'm1', 'open', '2026-03-02T10:00:02Z'),
       ('d4', 'shop_b', 'b9', 'ingest', 'RECORD_MALFORMED', 'old', 'b.csv:2', '', '', 'dropped', '2026-03-01T10:00:00Z')`,
    [JSON.stringify({ source: 'shop_a', id: 'a7', contract: 'items', updatedAt: 0, data: { name: '' } }), HOSTILE],
  );
  await database.query(
    `insert into corpus_snapshot (id, model, records, payload, current, created_at) values
       ('s1', 'general@1', 2, '', false, '2026-02-01T10:00:00Z'), ('s2', 'general@1', 5, '', true, '2026-03-01T10:00:00Z')`,
  );
}

export const CONFIG = {
  sources: [
    { name: 'shop_a', unique: true },
    { name: 'shop_b', unique: false },
    { name: 'shop_d', unique: false },
  ],
};
