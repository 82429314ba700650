import type { GoldenValues } from '../../src/golden.js';
import type { Sql } from '../../src/platform/database/port.js';
import type { RecordKey } from '../../src/records.js';

/** A small store, invented: two living products, one that swallowed another, one that is retired. */
export interface Seed {
  id: string;
  version: number;
  values: Partial<GoldenValues> & { title: string };
  members: RecordKey[];
  validFrom: string;
}

export const HEADPHONES: Seed = {
  id: 'g-headphones',
  version: 3,
  values: {
    title: 'Sonaro WH-1000XM4 <Headphones>',
    brand: 'Sonaro',
    mpn: 'WH-1000XM4',
    gtins: ['04548736112001'],
    price: { amount: 249, currency: 'EUR' },
    colour: 'black',
    attributes: { wireless: true },
  },
  members: [
    { source: 'alpha', sourceId: 'a/1' },
    { source: 'beta', sourceId: 'b1' },
  ],
  validFrom: '2024-03-01T00:00:00Z',
};
export const COFFEE: Seed = {
  id: 'g-coffee',
  version: 1,
  values: { title: 'Nestorá Café Crème 250 g', brand: 'Nestorá', model: 'CC 250', gtins: ['00000040123455'] },
  members: [{ source: 'alpha', sourceId: 'a2' }],
  validFrom: '2024-01-01T00:00:00Z',
};

export const full = (values: Seed['values']): GoldenValues => ({
  gtins: [],
  images: [],
  variants: {},
  attributes: {},
  ...values,
});

export async function seed(sql: Sql): Promise<void> {
  for (const { id, version, values, members, validFrom } of [HEADPHONES, COFFEE]) {
    await sql.query(
      `insert into golden_record (golden_id, version, "values", lineage, members, sources, member_count, quality, born, valid_from)
       values ($1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6::text[], $7, 0.9, 1, $8::timestamptz)`,
      [
        id,
        version,
        JSON.stringify(full(values)),
        JSON.stringify({
          title: {
            rule: 'source_priority',
            from: members.slice(0, 1),
            others: members.slice(1).map((member) => ({ ...member, value: 'WH1000XM4 hp' })),
          },
          'attributes.wireless': { rule: 'majority', from: members, others: [] },
        }),
        JSON.stringify(members),
        [...new Set(members.map((member) => member.source))],
        members.length,
        validFrom,
      ],
    );
    for (const [i, { source, sourceId }] of members.entries()) {
      await sql.query(
        `insert into source_record
           (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, product, golden_id)
         values ($1, $2, $3, 0, 0, 0, 'c', 'm', $4::jsonb, $5)`,
        [version * 1000 + i, source, sourceId, JSON.stringify(full({ ...values, title: `${values.title} ${i}` })), id],
      );
    }
  }
  await sql.query(
    `insert into golden_history (golden_id, version, "values", lineage, members, quality, change, valid_from, valid_to)
     select * from unnest($1::text[], $2::bigint[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::real[], $7::text[],
       $8::timestamptz[], $9::timestamptz[])`,
    [
      ['g-headphones', 'g-headphones', 'g-old', 'g-gone'],
      [1, 2, 1, 1],
      [
        full({ title: 'Sonaro headphones', price: { amount: 299, currency: 'EUR' } }),
        full({ ...HEADPHONES.values, price: { amount: 279, currency: 'EUR' } }),
        full({ title: 'Sonaro WH1000XM4' }),
        full({ title: 'Plimsoll' }),
      ].map((values) => JSON.stringify(values)),
      ['{}', '{}', '{}', '{}'],
      [[{ source: 'alpha', sourceId: 'a/1' }], HEADPHONES.members, [{ source: 'beta', sourceId: 'b1' }], []].map(
        (keys) => JSON.stringify(keys),
      ),
      [0.5, 0.9, 0.5, 0.4],
      ['changed', 'changed', 'merged', 'retired'],
      ['2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
      ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z', '2024-02-01T00:00:00Z', '2024-02-01T00:00:00Z'],
    ],
  );
  await sql.query(
    `insert into golden_redirect (old_id, new_id, reason) values
       ('g-old', 'g-headphones', 'merged'), ('g-older', 'g-old', 'merged'), ('g-gone', null, 'retired')`,
  );
}
