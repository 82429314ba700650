import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanRichText,
  cleanText,
  decodeEntities,
  foldText,
  repairMojibake,
  stripHtml,
} from '../../../src/harmonize/index.js';
import { anyText } from '../any-text.js';

describe('cleanText', () => {
  test.each([
    ['  two   spaces\t\n ', 'two spaces'],
    ['NUL\u0000 and \u200bzero\u00adwidth\ufeff', 'NUL and zerowidth'],
    ['Ｆｕｌｌ ｗｉｄｔｈ ㎏', 'Full width kg'],
    ['Norbo™ Kettle', 'Norbo Kettle'],
    ['10½"', '10 1/2"'],
    ['Salt &amp; Pepper &#39;n&#x27; more', "Salt & Pepper 'n' more"],
    ['AT&amp;amp;T', 'AT&T'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['CafÃ© crÃ¨me', 'Café crème'],
    ['קפה  שחור', 'קפה שחור'],
  ])('%j → %j', (raw, clean) => expect(cleanText(raw)).toBe(clean));

  test('gives well-formed text without control characters, and is idempotent on its own output', () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/\p{Cs}|\p{Cc}/u);
        expect(clean).toBe(clean.trim());
        expect(clean.normalize('NFKC')).toBe(clean);
      }),
    );
  });

  test('a cell of ten megabytes is cleaned', () => {
    expect(cleanText('word '.repeat(2_000_000)).length).toBe(9_999_999);
    expect(foldText('Word '.repeat(2_000_000)).length).toBe(9_999_999);
  });
});

describe('foldText', () => {
  test.each([
    ['Crème BRÛLÉE', 'creme brulee'],
    ['Straße', 'strasse'],
    ['ŒUVRE Ærø Łódź', 'oeuvre aero lodz'],
    ['İstanbul ISPARTA', 'istanbul isparta'],
    ['ΚΑΦΈΣ', 'καφεσ'],
    ['Ёлка Йод', 'елка иод'],
    ['שָׁלוֹם', 'שלום'],
    ['ק״ג ג׳', 'ק"ג ג\''],
    ['“quoted” – ‘text’', '"quoted" - \'text\''],
    ['ﬁne ﬂour', 'fine flour'],
    ['ガラス', 'ガラス'],
  ])('%j → %j', (raw, folded) => expect(foldText(raw)).toBe(folded));

  test('is idempotent, and blind to case and composition', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('mojibake', () => {
  test.each([
    ['Ã¼ber', 'über'],
    ['itâ€™s', 'it’s'],
    ['\u00e2\u0080\u0099', '’'],
    ['ÐºÐ¾Ñ„Ðµ', 'кофе'],
    ['CafÃƒÂ©', 'Café'],
  ])('%j → %j', (broken, whole) => expect(repairMojibake(broken)).toBe(whole));

  test.each(['Café', '„Spaß“', 'Spaß“', 'MAÇÃ”', 'Ãnica', 'naïve Ünïcode'])('%j stays', (text) =>
    expect(repairMojibake(text)).toBe(text),
  );

  test('undoes every wrong reading of Latin, Greek, Cyrillic and Hebrew text', () => {
    const letter = fc.constantFrom(...'äöüéèñçčřαβγδжшщюאבגד€’–');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 12 }), (letters) => {
        const text = letters.join('');
        expect(repairMojibake(Buffer.from(text, 'utf8').toString('latin1'))).toBe(text);
      }),
    );
  });
});

describe('HTML', () => {
  test('tags, scripts, styles and comments go, text stays', () => {
    expect(cleanRichText('<p>A <b>red</b>&nbsp;lamp<br/>60&nbsp;W</p><script>x < 1</script><!-- no --> 5 < 6')).toBe(
      'A red lamp 60 W 5 < 6',
    );
    expect(stripHtml('&lt;p&gt;escaped&lt;/p&gt;').trim()).toBe('escaped');
    expect(decodeEntities('&Auml;rger &unknown; &#0;')).toBe('Ärger &unknown;  ');
  });
});
