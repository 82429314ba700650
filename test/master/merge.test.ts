import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Member, type MergeSettings, mergeMembers, RULES } from '../../src/master/index.js';
import type { CanonicalProduct } from '../../src/records.js';

const product = (fields: Partial<CanonicalProduct>): CanonicalProduct => ({
  title: 'A thing',
  gtins: [],
  internalCodes: [],
  images: [],
  variants: {},
  attributes: {},
  ...fields,
});
const member = (source: string, sourceId: string, timestamp: number, fields: Partial<CanonicalProduct>): Member => ({
  source,
  sourceId,
  timestamp,
  product: product(fields),
});
const settings = (
  attributes: MergeSettings['attributes'] = {},
  priorities: Record<string, number> = {},
): MergeSettings => ({
  default: { rule: 'source_priority' },
  attributes,
  priority: (source) => priorities[source] ?? 0,
});

const shop = member('shop', '1', 100, {
  title: 'Lumo X1',
  brand: 'Lumo',
  price: { amount: 90, currency: 'EUR' },
  images: ['b', 'a'],
});
const mart = member('mart', '7', 300, {
  title: 'LUMO X1 camera, black',
  brand: 'LUMO',
  price: { amount: 80, currency: 'EUR' },
  images: ['c'],
  attributes: { zoom: '4x' },
});
const depot = member('depot', '3', 200, { title: 'Lumo X-1', brand: 'Lumos', price: { amount: 100, currency: 'EUR' } });

describe('mergeMembers', () => {
  it('takes the value of the source with the greatest priority, and tells who had another', () => {
    const { values, lineage } = mergeMembers([shop, mart, depot], settings({}, { depot: 5 }));
    expect(values.title).toBe('Lumo X-1');
    expect(lineage.title).toEqual({
      rule: 'source_priority',
      from: [{ source: 'depot', sourceId: '3' }],
      others: [
        { source: 'mart', sourceId: '7', value: 'LUMO X1 camera, black' },
        { source: 'shop', sourceId: '1', value: 'Lumo X1' },
      ],
    });
  });

  it('counts texts that differ in case as agreement', () => {
    const { values, lineage } = mergeMembers([shop, mart, depot], settings());
    expect(values.brand).toBe('LUMO');
    expect(lineage.brand?.from).toEqual([
      { source: 'mart', sourceId: '7' },
      { source: 'shop', sourceId: '1' },
    ]);
  });

  it.each([
    ['most_recent', 80],
    ['min', 80],
    ['max', 100],
    ['median', 90],
    ['mean', 90],
  ])('picks the price by %s', (rule, amount) => {
    expect(mergeMembers([shop, mart, depot], settings({ price: { rule } })).values.price?.amount).toBe(amount);
  });

  it.each([
    ['longest', 'LUMO X1 camera, black'],
    ['most_complete', 'LUMO X1 camera, black'],
  ])('picks the title by %s', (rule, title) => {
    expect(mergeMembers([shop, mart, depot], settings({ title: { rule } })).values.title).toBe(title);
  });

  it('prefers named sources for one attribute', () => {
    const preferring = settings({ title: { rule: 'source_priority', prefer: ['shop', 'mart'] } }, { depot: 9 });
    expect(mergeMembers([shop, mart, depot], preferring).values.title).toBe('Lumo X1');
  });

  it('unites lists and keeps bags by name', () => {
    const { values, lineage } = mergeMembers([shop, mart, depot], settings());
    expect(values.images).toEqual(['c', 'b', 'a']);
    expect(values.attributes).toEqual({ zoom: '4x' });
    expect(lineage['attributes.zoom']?.from).toEqual([{ source: 'mart', sourceId: '7' }]);
  });

  it('lets a steward override, and keeps what the records say', () => {
    const { values, lineage } = mergeMembers([shop, mart], settings(), new Map([['title', 'Lumo X1 (2020)']]));
    expect(values.title).toBe('Lumo X1 (2020)');
    expect(lineage.title?.rule).toBe('manual');
    expect(lineage.title?.others).toHaveLength(2);
  });

  it('gives more quality to a record that is filled and agreed upon', () => {
    const poor = mergeMembers([member('a', '1', 0, { title: 'x' })], settings()).quality;
    const rich = mergeMembers(
      [shop, member('mart', '8', 0, { brand: 'Lumo', gtins: ['04006381333931'] })],
      settings(),
    ).quality;
    const torn = mergeMembers(
      [shop, member('mart', '8', 0, { brand: 'Other', gtins: ['04006381333931'] })],
      settings(),
    ).quality;
    expect(rich).toBeGreaterThan(poor);
    expect(rich).toBeGreaterThan(torn);
  });

  it('does not depend on the order of the members, for any rule', () => {
    const arbitrary = fc.record({
      source: fc.constantFrom('a', 'b', 'c'),
      timestamp: fc.integer({ min: 0, max: 3 }),
      title: fc.constantFrom('One', 'one', 'Two', 'A much longer title'),
      brand: fc.option(fc.constantFrom('Lumo', 'Acme'), { nil: undefined }),
      amount: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      gtins: fc.subarray(['04006381333931', '00012345678905']),
    });
    fc.assert(
      fc.property(
        fc.array(arbitrary, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...RULES.keys()),
        fc.infiniteStream(fc.nat()),
        (rows, rule, numbers) => {
          const members = rows.map((row, i) =>
            member(row.source, String(i), row.timestamp, {
              title: row.title,
              gtins: row.gtins,
              ...(row.brand === undefined ? {} : { brand: row.brand }),
              ...(row.amount === undefined ? {} : { price: { amount: row.amount } }),
            }),
          );
          const shuffled = members
            .map((m) => ({ m, at: numbers.next().value as number }))
            .sort((x, y) => x.at - y.at)
            .map(({ m }) => m);
          const chosen = {
            ...settings({}, { a: 1, b: 1 }),
            default: { rule },
            attributes: { price: { rule }, title: { rule }, brand: { rule } },
          };
          expect(mergeMembers(shuffled, chosen)).toEqual(mergeMembers(members, chosen));
        },
      ),
    );
  });
});
