import { describe, expect, it } from 'vitest';
import { EncodedStore, encodeRecord } from '../../../src/dedup/encode/index.js';
import { kindOf, tokenise } from '../../../src/dedup/encode/tokens.js';
import { product } from '../products.js';

describe('kinds of words', () => {
  it('are those that the tokeniser finds, whatever stands around', () => {
    const { texts, kinds } = tokenise('Spaghetti 500 v2 16 GB 330ml KC87-714i 15.6 3-pack 4K');
    expect(texts.map(kindOf)).toEqual(kinds);
  });

  it('do not depend on which record came first, nor on the field it was in', () => {
    const records = [
      product('Spaghetti', {
        description: 'Cooked for 500 seconds; pairs with the 330-ml carafe GX7714 and 1350w',
      }),
      product('Spaghetti 500 330ml GX7714 1350w'),
    ].map(encodeRecord);
    const kinds = (order: typeof records) => {
      const store = new EncodedStore();
      for (const record of order) store.add(record);
      return ['500', '330ml', 'gx7714', '1350w'].map((word) => store.wordKinds.data[store.words.intern(word)]);
    };
    expect(kinds(records)).toEqual(kinds([...records].reverse()));
  });
});
