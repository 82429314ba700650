import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lexemesOf, tokenise } from '../../../../src/platform/search/text/tokens.js';

const texts = (text: string) => tokenise(text).map((token) => token.text);

describe('tokenise', () => {
  it.each([
    ['Wireless Noise-Cancelling', ['wireless', 'noisecancelling']],
    ['WH-1000XM4', ['wh1000xm4']],
    ['DT-SSD/1TB', ['dtssd1tb']],
    ['1 TB', ['1tb']],
    ['1TB', ['1tb']],
    ['2,5 kg', ['2.5kg']],
    ['15.6"', ['15.6in']],
    ['15.6 inch', ['15.6in']],
    ['6 x 33cl', ['6', 'x', '33cl']],
    ['S10+', ['s10', 'plus']],
    ['Café CRÈME', ['cafe', 'creme']],
    ['1 ליטר', ['1l']],
    ['', []],
    ['— ! ?', []],
  ])('%s', (text, expected) => expect(texts(text)).toEqual(expected));

  it('gives every run of a code’s parts', () => {
    const [code] = tokenise('WH-1000XM4');
    expect(lexemesOf(code!)).toEqual(
      expect.arrayContaining(['wh1000xm4', 'wh1000', '1000xm4', 'wh', '1000', 'xm', '4']),
    );
  });

  it('gives lexemes that the index takes, of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        for (const lexeme of tokenise(text).flatMap(lexemesOf)) {
          expect(lexeme).not.toBe('');
          expect(lexeme.length).toBeLessThanOrEqual(64);
          expect(lexeme).not.toMatch(/[!#=\s]|\p{Cc}|\p{Cs}/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds a code however it is separated', () => {
    const part = fc.stringMatching(/^(?:[a-z]{2,4}|[0-9]{2,4})$/);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 4 }),
        fc.constantFrom('-', '/', '.', '_'),
        (parts, mark) => {
          const code = `a1${parts.join('')}`;
          const stored = tokenise(`a1${mark}${parts.join(mark)}`).flatMap(lexemesOf);
          expect(stored).toContain(code);
        },
      ),
    );
  });
});
