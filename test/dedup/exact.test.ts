import { describe, expect, it } from 'vitest';
import { Corpus, STAGES, scorePair } from '../../src/dedup/index.js';
import type { CanonicalProduct } from '../../src/records.js';
import { general, record } from './products.js';

type Given = Partial<CanonicalProduct> & { title?: string };

function stageOf(left: Given, right: Given): string {
  const corpus = new Corpus(general, null, { uniqueSources: new Set() });
  const a = corpus.add(record('1', left.title ?? 'Lumo kettle', left, 'a'));
  const b = corpus.add(record('2', right.title ?? 'water boiler', right, 'b'));
  return STAGES[scorePair(corpus, a, b).stage] as string;
}

const gtins = ['04006381333931'];
const coded = { brand: 'Lumo', model: 'KX-2000' };

describe('the exact stage', () => {
  it('decides by an equal GTIN', () => expect(stageOf({ gtins }, { gtins })).toBe('exact'));
  it('decides by brand and model number', () => expect(stageOf(coded, { brand: 'LUMO', mpn: 'kx2000' })).toBe('exact'));

  it.each([
    ['colours differ', { colour: 'red' }, { colour: 'black' }],
    ['sizes differ', { size: 'XL' }, { size: 'M' }],
    ['packs differ', { title: 'cola 6 x 330ml' }, { title: 'cola 330ml 12 pack' }],
    ['one is a pro edition', { title: 'Lumo kettle pro' }, { title: 'Lumo kettle' }],
    ['declared variants differ', { variants: { platform: 'pc' } }, { variants: { platform: 'mac' } }],
    ['model numbers differ', { model: 'KX-2000' }, { model: 'KX-3000' }],
  ])('leaves an equal GTIN to the fuzzy stage when %s', (_, left: Given, right: Given) => {
    expect(stageOf({ gtins, ...left }, { gtins, ...right })).not.toBe('exact');
  });

  it('leaves an equal model number to the fuzzy stage when GTINs or brands differ', () => {
    expect(stageOf({ ...coded, gtins }, { ...coded, gtins: ['04006381333948'] })).not.toBe('exact');
    expect(stageOf(coded, { ...coded, brand: 'Vexa' })).not.toBe('exact');
    expect(stageOf(coded, { model: 'KX-2000' })).not.toBe('exact');
  });

  it('does not trust short codes and words', () => {
    expect(stageOf({ brand: 'Lumo', model: 'K2' }, { brand: 'Lumo', model: 'K2' })).not.toBe('exact');
    expect(stageOf({ brand: 'Lumo', model: 'Deluxe' }, { brand: 'Lumo', model: 'Deluxe' })).not.toBe('exact');
  });

  it('is never reached by internal codes', () => {
    expect(stageOf({ internalCodes: ['2000017'] }, { internalCodes: ['2000017'] })).not.toBe('exact');
  });
});
