import { describe, expect, it } from 'vitest';
import { keysByRow } from '../../bench/real/measure/feed-rows.js';
import { fusedAccuracy } from '../../bench/real/measure/fused.js';
import { gtinConflicts } from '../../bench/real/measure/gtin-conflicts.js';
import { sharedInternalCodes } from '../../bench/real/measure/internal-codes.js';
import { knownMixtures, truthWithoutCommonGtin } from '../../bench/real/measure/known-products.js';
import { pairsAgainst } from '../../bench/real/measure/pairs.js';
import type { StoredMember } from '../../bench/real/measure/store.js';
import { clustersAgainstTruth } from '../../bench/real/measure/truth.js';
import type { GoldenValues } from '../../src/golden.js';
import { keyText } from '../../src/records.js';

describe('labels', () => {
  it('count a pair as found when both are in one golden record, and skip what is not there', () => {
    const golden: Record<string, string> = { a: 'g1', b: 'g1', c: 'g1', d: 'g2' };
    const labels = [
      { left: 'a', right: 'b', match: true },
      { left: 'a', right: 'c', match: false },
      { left: 'a', right: 'd', match: true },
      { left: 'c', right: 'd', match: false },
      { left: 'a', right: 'lost', match: true },
    ];
    expect(pairsAgainst(labels, (id) => golden[id])).toEqual({
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      pairs: 4,
      matches: 2,
      dangling: 1,
    });
  });

  it('name records by their row, also after rows without a key', () => {
    const rows = [
      { name: 'Tetra', system: 'NX' },
      { name: '', system: 'NX' },
      { name: 'Hexa', system: 7 },
    ];
    expect([...keysByRow('shop', ['name', 'system'], rows)]).toEqual([
      ['shop_1', keyText('shop', 'Tetra:NX')],
      ['shop_3', keyText('shop', 'Hexa:7')],
    ]);
  });

  it('compare clusters over the records that are there', () => {
    const golden: Record<string, string> = { a: 'g1', b: 'g1', c: 'g2' };
    const truth = ['a', 'b', 'c', 'x'].map((id) => ({ id, cluster: id === 'c' ? 'two' : 'one' }));
    const result = clustersAgainstTruth(truth, (id) => golden[id]);
    expect([result.pairwise.f1, result.records, result.missing]).toEqual([1, 3, 1]);
  });
});

describe('golden records with two GTINs', () => {
  const member = (key: string, ...gtins: string[]) => ({ key, gtins });

  it('are those with two members that have none in common', () => {
    const golden = new Map([
      ['agree', [member('a', '1'), member('b', '1', '2'), member('c')]],
      ['differ', [member('a', '1'), member('b', '2')]],
      ['bridged', [member('a', '1'), member('b', '1', '2'), member('c', '2')]],
      ['both', [member('a', '1'), member('b', '1', '2'), member('c', '2'), member('d', '3')]],
    ]);
    const found = gtinConflicts(golden).map(({ goldenId, pair, bridged }) => [
      goldenId,
      pair.map(({ key }) => key),
      bridged,
    ]);
    expect(found).toEqual([
      ['differ', ['a', 'b'], false],
      ['bridged', ['a', 'c'], true],
      ['both', ['a', 'd'], false],
    ]);
  });
});

describe('GTINs that the labels know', () => {
  const page = (goldenId: string, product: string | undefined, ...gtins: string[]) => ({
    key: `${goldenId}/${gtins.join('+')}`,
    goldenId,
    product,
    gtins,
  });

  it('tell on golden records of two products, also by pages without labels', () => {
    const pages = [
      page('kit', 'cam', '1'),
      page('kit', 'cam', '2'),
      page('kit', undefined, '9'),
      page('alone', 'other', '3'),
      page('mixed', undefined, '1'),
      page('mixed', undefined, '9'),
      page('mixed', undefined, '3'),
    ];
    expect(knownMixtures(pages).map(({ goldenId, pair }) => [goldenId, pair.map(({ gtins }) => gtins)])).toEqual([
      ['mixed', [['1'], ['3']]],
    ]);
    expect(truthWithoutCommonGtin(pages)).toEqual({ pairs: 1, without: 1 });
  });
});

describe('internal codes', () => {
  const member = (source: string, title: string, codes: string[], gtins: string[] = []): StoredMember => ({
    key: keyText(source, title),
    source,
    sourceId: title,
    goldenId: 'g',
    title,
    gtins,
    internalCodes: codes,
  });

  it('tell on records of two sources that nothing else joins', () => {
    const { pairs, codeOnly } = sharedInternalCodes([
      [member('north', 'Red apples', ['17']), member('south', 'Apples, loose', ['17'])],
      [member('north', 'Pears', ['18']), member('south', 'Delivery', ['18']), member('north', 'Plums', ['18'])],
      [member('north', 'Milk', ['19'], ['1']), member('south', 'Soap', ['19'], ['1'])],
      [member('north', 'Bread', ['20']), member('south', 'Rolls', ['21'])],
    ]);
    expect(pairs).toBe(3);
    expect(codeOnly.map((pair) => pair.map(({ title }) => title))).toEqual([
      ['Pears', 'Delivery'],
      ['Delivery', 'Plums'],
    ]);
  });
});

describe('fused records', () => {
  const fused = {
    id: 'x_1',
    name: 'Tetra: Gold',
    releaseYear: '2001-05-06',
    developer: 'Studio A',
    genres: 'Puzzle|Action',
    publisher: 'House B',
    platform: 'NX',
    criticScore: '80',
    userScore: '7.5',
    ESRB: 'E10+',
  };
  const golden = (attributes: GoldenValues['attributes'], title = 'TETRA – Gold'): GoldenValues => ({
    title,
    gtins: [],
    images: [],
    variants: {},
    attributes,
  });
  const right = (values: GoldenValues | undefined) =>
    fusedAccuracy([{ golden: values, fused }]).flatMap(({ attribute, right }) => (right === 1 ? [attribute] : []));

  it('are right where the rules say so', () => {
    const all = {
      release_date: '2001-05-06',
      developer: 'studio a',
      genres: ['puzzle', 'Action', 'Arcade'],
      publisher: 'House-B',
      platform: 'nx',
      critic_score: 80.4,
      user_score: 7.6,
      rating: 'E10+',
    };
    expect(right(golden(all))).toHaveLength(11);
    expect(
      right(golden({ ...all, release_date: '2001', genres: 'Puzzle', critic_score: 81, user_score: 7.7 })),
    ).toEqual(['name', 'releaseYear', 'developer', 'genres', 'publisher', 'platform', 'ESRB']);
  });

  it('are wrong where a value or the golden record is missing', () => {
    expect(right(golden({}, 'Tetra'))).toEqual([]);
    expect(right(undefined)).toEqual([]);
  });
});
