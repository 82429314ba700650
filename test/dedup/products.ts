import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type MatchRecord, type Model, parseModel } from '../../src/dedup/index.js';
import type { CanonicalProduct } from '../../src/records.js';

export const general: Model = parseModel(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../config/models/general.json'), 'utf8')),
);

export function product(title: string, more: Partial<CanonicalProduct> = {}): CanonicalProduct {
  return { title, gtins: [], internalCodes: [], images: [], variants: {}, attributes: {}, ...more };
}

export function record(id: string, title: string, more: Partial<CanonicalProduct> = {}, source = 's'): MatchRecord {
  return { source, id, product: product(title, more) };
}

const word = fc.constantFrom(
  ...'lumo vexa karo drill lamp speaker kettle black red 18V 500ml pro mini XT-200 XT-210 QB77 כיסא стол café 2024'.split(
    ' ',
  ),
);
const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

/** Records of a small world, so that they collide: few words, codes, brands and GTINs, three sources. */
export const records: fc.Arbitrary<MatchRecord[]> = fc
  .array(
    fc.record({
      source: fc.constantFrom('a', 'b', 'c'),
      words: fc.array(word, { minLength: 1, maxLength: 6 }),
      brand: maybe(['Lumo', 'Vexa']),
      model: maybe(['XT-200', 'XT-210', 'QB77', 'n/a']),
      gtin: maybe(['04006381333931', '04006381333948']),
      colour: maybe(['black', 'red']),
      price: maybe([9.5, 10, 99]),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((rows) =>
    rows.map(({ source, words, brand, model, gtin, colour, price }, i) =>
      record(
        `r${i}`,
        words.join(' '),
        {
          ...(brand === undefined ? {} : { brand }),
          ...(model === undefined ? {} : { model }),
          ...(colour === undefined ? {} : { colour }),
          ...(price === undefined ? {} : { price: { amount: price } }),
          gtins: gtin === undefined ? [] : [gtin],
        },
        source,
      ),
    ),
  );

/** Records with an order to shuffle them to. */
export const shuffled: fc.Arbitrary<{ records: MatchRecord[]; order: MatchRecord[] }> = records.chain((list) =>
  fc
    .shuffledSubarray(list, { minLength: list.length, maxLength: list.length })
    .map((order) => ({ records: list, order })),
);
