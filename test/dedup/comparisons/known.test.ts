import { describe, expect, it } from 'vitest';
import { COMPARISONS, FEATURE_NAMES } from '../../../src/dedup/comparisons/index.js';
import { Corpus, scorePair } from '../../../src/dedup/index.js';
import type { CanonicalProduct } from '../../../src/records.js';
import { general, record } from '../products.js';

type Given = [title: string, more?: Partial<CanonicalProduct>];

function features(left: Given, right: Given): Record<string, number | null> {
  const model = { ...general, features: [...FEATURE_NAMES], forest: { ...general.forest, roots: [] } };
  const corpus = new Corpus(model, null, { uniqueSources: new Set() });
  const a = corpus.add(record('1', left[0], left[1], 'a'));
  const b = corpus.add(record('2', right[0], right[1], 'b'));
  for (let i = 0; i < 20; i++) corpus.add(record(`x${i}`, `filler ${i} lamp`, {}, 'c'));
  return scorePair(corpus, a, b).features;
}

describe('comparisons', () => {
  it('have names of their own', () => {
    expect(new Set(FEATURE_NAMES).size).toBe(FEATURE_NAMES.length);
    expect(new Set(COMPARISONS.map(({ name }) => name)).size).toBe(COMPARISONS.length);
  });

  it('see colours that agree, differ, or stand on one side only, across languages', () => {
    expect(features(['lamp black'], ['lamp schwarz']).colour).toBe(1);
    expect(features(['lamp black'], ['lamp red']).colour).toBe(0);
    expect(features(['lamp black'], ['lamp'])).toMatchObject({ colour: null, colour_sure: -1 });
    expect(features(['lamp'], ['lamp']).colour).toBeNull();
  });

  it('see sizes in different units', () => {
    expect(features(['cola 33cl'], ['cola 330 ml'])).toMatchObject({ measure_agree: 1, measure_conflict: 0 });
    expect(features(['cola 33cl'], ['cola 500 ml'])).toMatchObject({ measure_agree: 0, measure_conflict: 1 });
    expect(features(['cola 33cl'], ['cola']).measure_agree).toBeNull();
    expect(features(['shirt', { size: 'XL' }], ['shirt size M']).size).toBe(0);
    expect(features(['shirt', { size: 'XL' }], ['shirt size XL']).size).toBe(1);
  });

  it('see packs', () => {
    expect(features(['cola 6 x 330ml'], ['cola 12 x 330ml'])).toMatchObject({ measure_agree: 1, measure_conflict: 1 });
  });

  it('find a model number inside a longer one and in an unpunctuated title', () => {
    expect(features(['Vexa AM53BK'], ['Vexa AM53', { model: 'AM53' }])).toMatchObject({
      code_within: 0.5,
      code_prefix: 1,
    });
    expect(features(['Vexa turntable ps lx350h'], ['Vexa PS-LX350H']).code_inside).toBeGreaterThan(0.5);
    expect(features(['Vexa XT-200'], ['Vexa XT-210'])).toMatchObject({
      code_conflict: 1,
      code_edits: 1,
      code_shared: 0,
    });
    expect(features(['Vexa'], ['Vexa']).code_within).toBeNull();
  });

  it('tell how field codes relate', () => {
    const code = (model: string): Given => ['Vexa', { model }];
    expect(features(code('XT-200'), code('xt 200')).code_field).toBe(1);
    expect(features(code('XT-200'), code('XT-200BK')).code_field).toBe(0.5);
    expect(features(code('XT-200'), code('QB77')).code_field).toBe(0);
    expect(features(code('XT-200'), ['Vexa']).code_field).toBeNull();
  });

  it('compare prices by ratio and GTINs by identity', () => {
    expect(features(['a', { price: { amount: 50 } }], ['b', { price: { amount: 100 } }]).price_ratio).toBe(0.5);
    expect(features(['a'], ['b', { price: { amount: 100 } }]).price_ratio).toBeNull();
    const gtin = (value: string): Given => ['a', { gtins: [value] }];
    expect(features(gtin('04006381333931'), gtin('04006381333931')).gtin).toBe(1);
    expect(features(gtin('04006381333931'), gtin('04006381333948')).gtin).toBe(0);
  });

  it('forgive slips, prefixes and glued words, and weigh what is left over', () => {
    expect(features(['lumo speaker'], ['lumo speker']).contained_min).toBeGreaterThan(0.9);
    expect(features(['lumo sound bar'], ['lumo soundbar']).contained_max).toBeGreaterThan(0.85);
    expect(features(['lumo speaker'], ['lumo kettle']).left_most_min).toBeGreaterThan(0.5);
    expect(features(['lumo speaker'], ['lumo speaker']).left_sum_max).toBe(0);
  });

  it('count edition words of one side', () => {
    expect(features(['editor pro'], ['editor'])).toMatchObject({ variant_words_max: 1, variant_words_min: 0 });
    expect(features(['editor professional'], ['editor pro'])).toMatchObject({ variant_words_max: 0 });
  });
});
